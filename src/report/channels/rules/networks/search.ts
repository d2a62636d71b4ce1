/**
 * Search engines by the name under which they are reported; names that advertisers give as a source come first. The
 * format is that of `Network.hosts`.
 */
export const SEARCH: Record<string, string> = {
  google:
    'google google-play adwords googleads google-ads google_ads gads gmb gbp google-my-business google_my_business ' +
    'googlemybusiness google-business-profile sa360 google+search =google.* =search.google.com cse.google.* images.google.* ' +
    'image.google.* news.google.* blogsearch.google.* books.google.* video.google.* scholar.google.* maps.google.* ' +
    'lens.google.com play.google.com encrypted.google.com ipv6.google.com www2.google.com go.google.com finance.google.com ' +
    'syndicatedsearch.goog googlesyndicatedsearch.com webcache.googleusercontent.com wwwgoogle.* gogole.* googel.* gppgle.* ' +
    'app:com.google.android.googlequicksearchbox app:com.google.android.gsa app:com.google.android.apps.searchlite ' +
    'app:com.google.android.apps.magazines app:com.google.android.apps.maps app:284815942 app:com.google.googlemobile',
  bing:
    'bing microsoft bingads bing-ads bing_ads microsoftads microsoft-ads microsoft_ads bing.com bing.com.cn bing.net ' +
    'bingworld.com cc.bingj.com app:com.microsoft.bing app:com.microsoft.amp.apps.bingnews app:com.microsoft.sapphire.news.daily',
  duckduckgo: 'duckduckgo ddg duckduckgo.com ddg.gg app:com.duckduckgo.mobile.android',
  yahoo:
    'yahoo yahoo! search.yahoo =yahoo.* search.yahoo.* search.yahoo.co.jp images.yahoo.com cade.yahoo.com one.cn.yahoo.com ' +
    'onesearch.com app:com.yahoo.onesearch app:com.yahoo.apps.yahooapp app:com.yahoo.mobile.client.android.yahoo ' +
    'app:com.yahoo.www.twa app:jp.co.yahoo.android.yjtop ' +
    '=ar.yahoo.com =au.yahoo.com =be.yahoo.com =br.yahoo.com =ca.yahoo.com =chinese.yahoo.com =cl.yahoo.com =cn.yahoo.com =co.yahoo.com =de.yahoo.com =dk.yahoo.com =es.yahoo.com =espanol.yahoo.com =fr.yahoo.com =gr.yahoo.com =hk.yahoo.com =id.yahoo.com =ie.yahoo.com =in.yahoo.com =it.yahoo.com =kr.yahoo.com =malaysia.yahoo.com =mx.yahoo.com =nl.yahoo.com =no.yahoo.com =nz.yahoo.com =pe.yahoo.com =ph.yahoo.com =qc.yahoo.com =ru.yahoo.com =se.yahoo.com =sg.yahoo.com =tr.yahoo.com =tw.yahoo.com =uk.yahoo.com =us.yahoo.com =vn.yahoo.com =za.yahoo.com',
  ecosia: 'ecosia ecosia.org app:com.ecosia.android',
  qwant: 'qwant qwant.com qwantjunior.com app:com.qwant.liberty',
  yandex:
    'yandex search.yandex ya.ru =yandex.* m.yandex.* clck.yandex.* images.yandex.* yabs.yandex.* zen.yandex.ru news.yandex.* ' +
    'webmaster.yandex.ru market.yandex.ru app:ru.yandex.searchplugin app:com.yandex.browser app:com.yandex.searchapp ' +
    'app:ru.yandex.mobile.search',
  baidu: 'baidu baidu.com baidu.co.th baidu.jp web.gougou.com',
  brave: 'brave search.brave search.brave.com =brave.com app:com.brave.browser',
  startpage: 'startpage startpage.com startpage.eu startpage.nl ixquick.com ixquick.de ixquick.eu',
  msn: 'msn =msn.com ntp.msn.com search.msn.com search.msn.* msnbc.msn.com',
  aol:
    'aol =aol.* search.aol.* aolsearch.aol.* suche.aol.de o2suche.aol.de sucheaol.aol.de alicesuche.aol.de recherche.aol.fr ' +
    'aolrecherche.aol.fr aolrecherches.aol.fr recherche.aol.ca find.web.aol.com aim.search.aol.com aolbusqueda.aol.com.mx ' +
    'aolsearch.com suche.aolsvc.de search-intl.netscape.com search.netscape.com isp.netscape.com',
  ask:
    'ask =ask.* ask.com ask.co.uk ask.reference.com askkids.com search-results.com search-results searchqu.com qbyrd.com ' +
    'mysearch.com mywebsearch.com mysearch.myway.com search.myway.com my-web-search.com',
  avira: 'search.avira.com search.avira.net safesearch.avira.com',
  kagi: 'kagi kagi.com',
  mojeek: 'mojeek mojeek.com mojeek.co.uk mojeek.fr mojeek.de',
  presearch: 'presearch presearch.com presearch.org presearch.io',
  swisscows: 'swisscows swisscows.com swisscows.ch app:com.swisscows.search',
  metager: 'metager metager.org metager.de metager2.de meta.rrzn.uni-hannover.de',
  lilo: 'lilo =lilo.org search.lilo.org',
  lycos: 'lycos =lycos.* search.lycos.*',
  dogpile: 'dogpile dogpile.com',
  metacrawler: 'metacrawler metacrawler.com metacrawler.de',
  webcrawler: 'webcrawler webcrawler.com',
  excite: 'excite =excite.com =excite.co.jp search.excite.* msxml.excite.com',
  'info.com': 'info.com',
  infospace: 'infospace infospace.com webfetch.com tattoodle.com inspsearch.com zoo.com',
  naver:
    'naver search.naver =naver.com search.naver.com imagesearch.naver.com news.naver.com app:com.nhn.android.search',
  daum: 'daum =daum.net search.daum.net app:net.daum.android.daum',
  nate: 'nate =nate.com search.nate.com',
  sogou: 'sogou sogou.com',
  '360.cn': '360 =360.cn so.360.cn so.com',
  'sm.cn': 'sm.cn shenma quark.cn',
  haosou: 'haosou haosou.com',
  soso: 'soso soso.com',
  seznam: 'seznam =seznam.cz search.seznam.cz videa.seznam.cz firmy.cz app:cz.seznam.sbrowser',
  centrum: 'centrum =centrum.cz search.centrum.cz morfeo.centrum.cz searchatlas.centrum.cz',
  rambler: 'rambler =rambler.ru nova.rambler.ru search.rambler.ru app:ru.rambler.news',
  'mail.ru search': 'go.mail.ru search.mail.ru',
  onet: 'onet =onet.pl szukaj.onet.pl app:pl.onet.onethd',
  'wp search': 'szukaj.wp.pl',
  virgilio:
    'virgilio =virgilio.it search.virgilio.it ricerca.virgilio.it ricercaimmagini.virgilio.it ' +
    'ricercavideo.virgilio.it ricercanews.virgilio.it mobile.virgilio.it',
  libero: 'ricerca.libero.it arianna.libero.it arianna.com',
  lemoteur:
    'lemoteur.orange.fr lemoteur.fr lemoteur.ke.voila.fr search.ke.voila.fr voila.fr busca.orange.es search.orange.co.uk',
  'free search': 'search.free.fr search1-1.free.fr search1-2.free.fr',
  coccoc: 'coccoc coccoc.com app:com.coccoc.trinhduyet',
  'goo.ne.jp': 'search.goo.ne.jp ocnsearch.goo.ne.jp =goo.ne.jp',
  biglobe: 'biglobe search.biglobe.ne.jp =biglobe.ne.jp biglobe.co.jp',
  docomo: 'search.smt.docomo.ne.jp service.smt.docomo.ne.jp',
  auone: 'auone search.auone.jp sp-search.auone.jp sp-web.search.auone.jp',
  nifty: 'search.nifty.com videosearch.nifty.com search.azby.fmworld.net',
  'rakuten search': 'websearch.rakuten.co.jp',
  searchencrypt: 'searchencrypt.com',
  'search.com': 'search.com',
  ekoru: 'ekoru.org',
  gibiru: 'gibiru gibiru.com',
  oceanhero: 'oceanhero.today oceanhero',
  karmasearch: 'karmasearch.org',
  exalead: 'exalead exalead.com exalead.fr',
  alltheweb: 'alltheweb alltheweb.com',
  altavista: 'altavista altavista.com altavista.de altavista.fr',
  conduit: 'conduit search.conduit.com =conduit.com',
  babylon: 'babylon search.babylon.com searchassist.babylon.com isearch.babylon.com =babylon.com',
  najdi: 'najdi najdi.si',
  eniro: 'eniro eniro.se',
  kvasir: 'kvasir kvasir.no',
  'tut.by': 'tut.by search.tut.by',
  ukr: 'ukr search.ukr.net secureurl.ukr.net',
  comcast: 'comcast search.comcast.net search.xfinity.com',
  startsiden: 'startsiden startsiden.no',
  terra: 'terra buscador.terra.es buscador.terra.cl buscador.terra.com.br',
  avg: 'avg search.avg.com isearch.avg.com',
  incredimail: 'incredimail search.incredimail.com search1.incredimail.com search2.incredimail.com',
  globo: 'globo',
  alice: 'alice rechercher.aliceadsl.fr',
  bluewin: 'search.bluewin.ch',
  't-online': 'suche.t-online.de brisbane.t-online.de navigationshilfe.t-online.de',
  'web.de search': 'suche.web.de',
  gmx: 'suche.gmx.net suche.gmx.at suche.gmx.ch search.gmx.com suche.gmx.de',
  '1und1': 'search.1und1.de suche.1und1.de',
  freenet: 'suche.freenet.de',
  zapmeta: 'zapmeta.*',
};
