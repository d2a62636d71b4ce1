import { eachDistinct } from './channel-sets.js';
import type { PathModel } from './credits.js';

/**
 * The ordered Shapley value (Zhao, Mahboobi and Bagheri 2018): as the conversions game, and told by position: what a channel
 * earned as the first touch, the second, … A channel's part of a path is divided equally among its touches there. A
 * channel's sum over the positions is its Shapley value of the conversions game.
 */
export const orderedShapley: PathModel = (table) => {
  const { length } = table.channels;
  const conversions = new Float64Array(length);
  const values = new Float64Array(length);
  const positions: number[][] = Array.from({ length }, () => []);
  const touched = new Uint32Array(length);
  eachDistinct(table, (path, channels) => {
    const converted = (table.conversions[path] ?? 0) / channels.length;
    const value = (table.values[path] ?? 0) / channels.length;
    const start = table.offsets[path] ?? 0;
    const end = table.offsets[path + 1] ?? 0;
    for (const channel of channels) {
      touched[channel] = 0;
      conversions[channel] = (conversions[channel] ?? 0) + converted;
      values[channel] = (values[channel] ?? 0) + value;
    }
    if (converted === 0) return;
    for (let t = start; t < end; t++) touched[table.touches[t] ?? 0] = (touched[table.touches[t] ?? 0] ?? 0) + 1;
    for (let t = start; t < end; t++) {
      const channel = table.touches[t] ?? 0;
      const byPosition = positions[channel] ?? [];
      while (byPosition.length <= t - start) byPosition.push(0);
      byPosition[t - start] = (byPosition[t - start] ?? 0) + converted / (touched[channel] ?? 1);
    }
  });
  return { conversions, values, perChannel: { positions } };
};
