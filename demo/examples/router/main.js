import { pageViews } from 'filrouge/router';
import { tracker } from './tracking.js';

const ROUTES = { '/': 'Home', '/products': 'Products', '/basket': 'Basket' };
const view = pageViews(tracker);
const app = document.getElementById('app');

/** A router as pages write them themselves; it tells a route as often as it draws it. */
function show(path) {
  history.pushState({}, '', path);
  app.replaceChildren(
    ...Object.entries(ROUTES).map(([to, name]) => button(name, () => show(to), name)),
    Object.assign(document.createElement('h1'), { textContent: ROUTES[path] }),
    button('Add a shirt', () => tracker.track('Product Added', { product_id: 's1', price: 12.5 })),
  );
  view(path, ROUTES[path]);
}

function button(text, onclick, id = 'add') {
  return Object.assign(document.createElement('button'), { textContent: text, onclick, id });
}

show('/');
show('/');
