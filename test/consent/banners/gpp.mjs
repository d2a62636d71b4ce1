import { CmpApi } from '@iabgpp/cmpapi';

/** A banner without looks around the IAB's own `CmpApi`: Europe's section, unless the test sets others. */
const KEY = 'gpp';
const api = new CmpApi(300, 1);
const flags = (isOn) => Array.from({ length: 24 }, () => isOn);

const save = (isOn) => {
  localStorage.setItem(KEY, isOn ? 'all' : 'none');
  set({ tcfeuv2: { PurposeConsents: flags(isOn) } }, [2]);
};

/** Sets sections and which are in force, then says so. */
const set = (sections, ids) => {
  api.setSignalStatus('not ready');
  for (const [section, fields] of Object.entries(sections)) {
    for (const [field, value] of Object.entries(fields)) api.setFieldValue(section, field, value);
    api.fireSectionChange(section);
  }
  api.setApplicableSections(ids);
  api.setSignalStatus('ready');
};

window.banner = { accept: () => save(true), refuse: () => save(false), set };
api.setApplicableSections([2]);
api.setCmpStatus('loaded');
const stored = localStorage.getItem(KEY);
if (stored) save(stored === 'all');
else api.setCmpDisplayStatus('visible');
