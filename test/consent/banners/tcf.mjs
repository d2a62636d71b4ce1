import { CmpApi } from '@iabtechlabtcf/cmpapi';
import { GVL, TCModel, TCString } from '@iabtechlabtcf/core';

/** A banner without looks around the IAB's own `CmpApi`; it keeps the TC string where platforms keep it. */
const KEY = 'euconsent-v2';
const purposes = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [at + 1, { id: at + 1, name: `${at + 1}` }]));
const list = {
  gvlSpecificationVersion: 3,
  vendorListVersion: 1,
  tcfPolicyVersion: 5,
  lastUpdated: '2026-01-01T00:00:00Z',
};
const gvl = new GVL({
  ...list,
  purposes,
  specialPurposes: {},
  features: {},
  specialFeatures: {},
  stacks: {},
  vendors: {},
});
const api = new CmpApi(300, 1, true);

const save = (consents, publisher = consents) => {
  const model = new TCModel(gvl);
  model.cmpId = 300;
  model.cmpVersion = 1;
  model.purposeConsents.set(consents);
  model.publisherConsents.set(publisher);
  const text = TCString.encode(model);
  localStorage.setItem(KEY, text);
  api.update(text, false);
};

window.banner = {
  accept: () => save([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
  refuse: () => save([]),
  save,
  show: () => api.update(localStorage.getItem(KEY) ?? '', true),
  outside: () => api.update(null),
};

const stored = localStorage.getItem(KEY);
if (!window.isUndecidedHere) api.update(stored ?? '', !stored);
