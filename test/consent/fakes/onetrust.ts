/**
 * A stand-in for OneTrust's script, after developer.onetrust.com ("Web CMP Events Guide", "Data layer object"): the active
 * groups on the window, an event at each load and change, a cookie that tells that the banner was closed.
 */
export function fakeOnetrust(): void {
  const page = window as unknown as { [name: string]: unknown };
  const read = (name: string) => `; ${document.cookie}`.split(`; ${name}=`)[1]?.split(';')[0] ?? '';
  const announce = (groups: string[]) => {
    page.OnetrustActiveGroups = `,${groups.join(',')},`;
    dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: groups }));
  };
  const save = (groups: string[]) => {
    announce(groups);
    // Stored after the event, the harder one of the two orders.
    document.cookie = `OptanonConsent=${encodeURIComponent(`groups=${groups}`)};path=/`;
    document.cookie = `OptanonAlertBoxClosed=${new Date().toISOString()};path=/`;
    dispatchEvent(new CustomEvent('OTConsentApplied'));
  };
  page.OneTrust = {
    IsAlertBoxClosed: () => read('OptanonAlertBoxClosed') !== '',
    AllowAll: () => save(['C0001', 'C0002', 'C0003', 'C0004', 'C0005']),
    RejectAll: () => save(['C0001']),
  };
  const stored = decodeURIComponent(read('OptanonConsent')).replace('groups=', '');
  announce(stored ? stored.split(',') : ['C0001']);
}
