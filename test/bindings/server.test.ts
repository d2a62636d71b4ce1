import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';
import { acceptFrames, frameTracker } from '../../src/across/frames.js';
import { linker } from '../../src/across/linker.js';
import { lazyTracker, TrackerProvider, usePageView, useTracker } from '../../src/bindings/react.js';
import { pageViews } from '../../src/bindings/router.js';
import { filrouge, useTracker as useVueTracker } from '../../src/bindings/vue.js';
import { deliverInBackground } from '../../src/sw/index.js';

/** There is no document here: this is a server. */
const tracker = lazyTracker(() => {
  throw new Error('made on a server');
});

describe('on a server', () => {
  it('a lazy tracker does nothing, whatever is called', async () => {
    tracker.page();
    tracker.track('A', { b: 1 });
    tracker.identify('u');
    tracker.group('g');
    tracker.alias('a');
    tracker.reset();
    tracker.forget();
    tracker.stop();
    await tracker.flush();
    expect(tracker.visitor()).toEqual({ touches: [] });
    expect(tracker.consent({ analytics: 'granted' }).analytics).toBe('pending');
    pageViews(tracker)('/a');
  });

  it('what goes with a tracker does nothing, either', async () => {
    const across = linker({ domains: ['tickets.example'] });
    expect(across.firstId()).toBeUndefined();
    across.attach(tracker)();
    expect(across.mark('https://tickets.example/')).toBe('https://tickets.example/');
    acceptFrames(tracker, { origins: ['https://booking.example'] })();
    const inside = frameTracker('https://shop.example');
    inside.track('A');
    expect(await inside.ready).toBe(false);
    deliverInBackground(tracker, { workerUrl: '/sw.js' })();
  });

  it('React renders what is inside the provider', () => {
    const Page = () => {
      usePageView('/');
      return createElement('p', null, typeof useTracker().track);
    };
    const app = createElement(TrackerProvider, { tracker, children: createElement(Page) });
    expect(renderToString(app)).toBe('<p>function</p>');
    expect(() => renderToString(createElement(Page))).toThrow(/needs a <TrackerProvider/);
  });

  it('Vue renders what uses the tracker', async () => {
    const Page = { setup: () => () => h('p', typeof useVueTracker().track) };
    const setUp = {
      setup: () => {
        const { track } = useVueTracker();
        return () => h('p', typeof track);
      },
    };
    const router = { afterEach: () => expect.unreachable('a server has no routes to count') };
    expect(await renderVue(createSSRApp(setUp).use(filrouge, { tracker, router }))).toBe('<p>function</p>');
    const without = createSSRApp(Page);
    // The error is what is asked for; Vue would warn of it as well.
    without.config.warnHandler = () => {};
    await expect(renderVue(without)).rejects.toThrow(/needs app.use/);
  });
});
