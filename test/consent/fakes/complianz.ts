/**
 * A stand-in for Complianz 6 and 7, after complianz.io ("Developers guide for third party integrations"): a cookie for each
 * category and for the banner, events on the document for each step of a decision.
 */
export function fakeComplianz(): void {
  const page = window as unknown as { [name: string]: unknown };
  const categories = ['functional', 'preferences', 'statistics', 'marketing'];
  const read = (name: string) => `; ${document.cookie}`.split(`; cmplz_${name}=`)[1]?.split(';')[0] ?? '';
  const write = (name: string, value: string) => {
    document.cookie = `cmplz_${name}=${value};path=/${value ? '' : ';max-age=0'}`;
  };
  const fire = (name: string, detail?: unknown) => document.dispatchEvent(new CustomEvent(name, { detail }));
  page.complianz = { prefix: 'cmplz_', current_policy_id: '7', consenttype: 'optin' };
  page.cmplz_has_consent = (category: string) => category === 'functional' || read(category) === 'allow';
  page.cmplz_set_banner_status = (status: string) => {
    write('banner-status', status);
    fire('cmplz_banner_status', status);
  };
  const setStatus = page.cmplz_set_banner_status as (status: string) => void;
  const save = (value: string) => {
    // The banner is gone before the categories are written: nobody may believe the old ones now.
    setStatus('dismissed');
    write('policy_id', '7');
    for (const category of categories) {
      write(category, category === 'functional' ? 'allow' : value);
      fire('cmplz_status_change', { category, value });
    }
    fire('cmplz_fire_categories', { categories });
  };
  page.cmplz_accept_all = () => save('allow');
  page.cmplz_deny_all = () => save('deny');
  page.cmplz_clear = () => {
    for (const name of [...categories, 'banner-status', 'policy_id']) write(name, '');
    fire('cmplz_revoke', true);
  };
  if (read('banner-status') === 'dismissed') fire('cmplz_fire_categories', { categories });
  else setStatus('show');
}
