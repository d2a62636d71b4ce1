import { filrouge, useTracker } from 'filrouge/vue';
import { createApp, h, ref } from 'vue';
import { tracker } from './tracking.js';

const ROUTES = { '/': 'Home', '/products': 'Products', '/basket': 'Basket' };
const path = ref('/');

/** As much of Vue Router as this page needs: `afterEach` and `push` work alike. */
const hooks = [];
const router = {
  afterEach: (hook) => hooks.push(hook),
  push(to) {
    const from = { path: path.value };
    history.pushState({}, '', to);
    path.value = to;
    for (const hook of hooks) hook({ path: to, name: ROUTES[to] }, from);
  },
};

const Route = {
  setup() {
    const { track } = useTracker();
    const add = () => track('Product Added', { product_id: 's1', price: 12.5 });
    return () => h('main', [h('h1', ROUTES[path.value]), h('button', { onClick: add }, 'Add a shirt')]);
  },
};

const App = {
  setup: () => () => [
    h(
      'nav',
      Object.entries(ROUTES).map(([to, name]) => h('button', { id: name, onClick: () => router.push(to) }, name)),
    ),
    h(Route),
  ],
};

createApp(App).use(filrouge, { tracker, router }).mount('#app');
router.push('/');
