/** News readers and aggregators, reported by name as referrals. The format is that of `Network.hosts`. */
export const NEWS: Record<string, string> = {
  'apple news': 'apple.news app:com.apple.news',
  upday: 'upday upday.com app:de.axelspringer.yana.zeropage app:de.axelspringer.yana',
  feedly: 'feedly feedly.com app:com.devhd.feedly',
  inoreader: 'inoreader inoreader.com',
  newsblur: 'newsblur.com',
  theoldreader: 'theoldreader.com',
  squid: 'squidapp.co app:se.squidapp',
  newsbreak: 'newsbreak.com app:com.particlenews.newsbreak',
  newsrepublic: 'newsrepublic.com',
  'yahoo news': 'news.yahoo.com fr.news.yahoo.com news.yahoo.co.jp finance.yahoo.com fr.finance.yahoo.com',
  wikipedia: 'wikipedia wikipedia.org wikimedia.org wiktionary.org wikidata.org',
  linktree: 'linktree linktr.ee lnk.bio beacons.ai bio.link campsite.bio taplink.cc carrd.co komi.io',
  'microsoft 365': 'officeapps.live.com office.com =microsoft365.com sharepoint.com onedrive.live.com',
  'google docs': 'docs.google.com drive.google.com calendar.google.com classroom.google.com meet.google.com',
  notion: 'notion.so notion.site notion.com',
};
