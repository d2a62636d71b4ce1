import { BarChart, type BarSeriesOption, SankeyChart, type SankeySeriesOption } from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { el } from './dom.js';
import { swatch } from './table.js';

/** The options of the charts that are built in. */
export type ChartOption = ComposeOption<
  BarSeriesOption | SankeySeriesOption | GridComponentOption | TooltipComponentOption
>;

/** Colours of the page's theme, for charts. */
export interface Ink {
  text: string;
  muted: string;
  line: string;
  surface: string;
}

/** Makes the option for a width in pixels; called again when the width class or the theme changes. */
export type DrawChart = (ink: Ink, narrow: boolean) => ChartOption;

/** Below this width (pixels) charts leave out what does not fit on a phone. */
const NARROW = 620;

/** A drawing that was never in sight, in pixels; on paper it is scaled. */
const PAPER = { width: 720, height: 420 };

/** Registers the parts of ECharts that are used; everything else stays out of the bundle. */
export function setUpCharts(): void {
  use([BarChart, SankeyChart, GridComponent, TooltipComponent, SVGRenderer]);
}

/** A chart in a box of its own that follows the box's width and the theme. `summary` is what a screen reader says. */
export function chart(summary: string, className: string, draw: DrawChart): HTMLElement {
  const box = el('div', { class: `chart ${className}`, role: 'img', 'aria-label': summary });
  const instance = init(box, null, { renderer: 'svg', width: 600, height: 300 });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let isDrawn = false;
  const redraw = () => drawAt(box.clientWidth, box.clientHeight);
  const drawAt = (width: number, height: number) => {
    if (width === 0 || height === 0) return;
    isDrawn = true;
    instance.resize({ width, height });
    makeScalable(box, width, height);
    const textStyle = { fontFamily: getComputedStyle(box).fontFamily };
    instance.setOption({ animation: false, textStyle, ...draw(inkOf(box), width < NARROW) }, { notMerge: true });
  };
  const observer = new ResizeObserver(() => {
    if (box.isConnected) return redraw();
    observer.disconnect();
    dark.removeEventListener('change', redraw);
    window.removeEventListener('beforeprint', drawForPaper);
    instance.dispose();
  });
  // What is hidden on a phone may be on paper.
  const drawForPaper = () => void (isDrawn || drawAt(PAPER.width, PAPER.height));
  window.addEventListener('beforeprint', drawForPaper);
  observer.observe(box);
  dark.addEventListener('change', redraw);
  return box;
}

/** On paper the drawing is scaled by the style sheet: nothing can be drawn anew between the command to print and the print. */
function makeScalable(box: HTMLElement, width: number, height: number): void {
  const drawing = box.querySelector('svg');
  drawing?.setAttribute('viewBox', `0 0 ${width} ${height}`);
  drawing?.style.removeProperty('position');
  for (const size of ['width', 'height']) drawing?.parentElement?.style.removeProperty(size);
}

/** What the colours of a chart mean. In the page's own text, which wraps where the chart's would overlap. */
export function legend(items: readonly { colour: string; label: string }[]): HTMLElement {
  return el('ul', { class: 'legend' }, ...items.map(({ colour, label }) => el('li', {}, swatch(label, colour))));
}

/** The inside of a tooltip, as elements: the page's policy does not let charts write markup. */
export function tooltip(
  title: string,
  rows: readonly { colour?: string; label: string; value: string }[],
): HTMLElement {
  const lines = rows.map(({ colour, label, value }) => {
    const dot = el('i');
    if (colour) dot.style.background = colour;
    return el('div', {}, colour ? dot : null, el('span', {}, label), el('b', {}, value));
  });
  return el('div', { class: 'tip' }, el('strong', {}, title), ...lines);
}

/** What all tooltips look like. */
export function tooltipStyle(ink: Ink): TooltipComponentOption {
  return {
    backgroundColor: ink.surface,
    borderColor: ink.line,
    padding: 10,
    textStyle: { color: ink.text, fontSize: 13 },
    confine: true,
    transitionDuration: 0,
  };
}

function inkOf(box: HTMLElement): Ink {
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return { text: colour('--text'), muted: colour('--muted'), line: colour('--line'), surface: colour('--surface') };
}
