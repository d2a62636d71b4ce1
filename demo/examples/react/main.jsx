import { TrackerProvider, usePageView, useTracker } from 'filrouge/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { tracker } from './tracking.js';

const ROUTES = { '/': 'Home', '/products': 'Products', '/basket': 'Basket' };

function Route({ path }) {
  const { track } = useTracker();
  usePageView(path, { name: ROUTES[path] });
  return (
    <main>
      <h1>{ROUTES[path]}</h1>
      <button type="button" onClick={() => track('Product Added', { product_id: 's1', price: 12.5 })}>
        Add a shirt
      </button>
    </main>
  );
}

function App() {
  const [path, setPath] = useState('/');
  const go = (to) => {
    history.pushState({}, '', to);
    setPath(to);
  };
  return (
    <TrackerProvider tracker={tracker}>
      <nav>
        {Object.entries(ROUTES).map(([to, name]) => (
          <button type="button" key={to} id={name} onClick={() => go(to)}>
            {name}
          </button>
        ))}
      </nav>
      <Route path={path} />
    </TrackerProvider>
  );
}

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
