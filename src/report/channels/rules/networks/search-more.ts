/**
 * Smaller search engines, the search pages of internet providers and portals, and the start pages of toolbars. Each is
 * reported under its host. The format is that of `Network.hosts`.
 */
export const SEARCH_MORE =
  // Independent, private, for children, with a cause.
  'yep.com andisearch.com marginalia-search.com search.marginalia.nu stract.com wiby.me crowdsearch.net sevasearch.org ' +
  'directsearch.io junosearch.net juniorsafesearch.com kiddle.co kidzsearch.com kidrex.org egerin.com tusksearch.com search.xyz ' +
  'searchlock.com gigablast.com hotbot.com laban.vn unbubble.eu yippy.com search.yippy.com etools.ch gruble.de ' +
  'fireball.de fireball.com peekier.com boardreader.com givero.com lukol.com oscobo.com ' +
  'searchresults.verizon.com search.disconnect.me disconnect.me search.start.fyi startab.me monumentbrowser.com searx.be searx.me ' +
  'searxng.org paulgo.io search.sapti.me leta.mullvad.net freespoke.com luxxle.com timpi.com entireweb.com ' +
  'forestle.org forestle.mobi everyclick.com benefind.de ethicle.com treehoo.com search.seekr.com ' +
  'neeva.com runnaroo.com infinitysearch.co whoogle.io okeano.com exactseek.com search.carrot2.org ' +
  'usearch.com givewater.com petalsearch.com ' +
  'youcare.world ' +
  // German, Austrian, Swiss.
  'search.ch sm.de abacho.de abacho.com abacho.at abacho.ch abacho.fr abacho.es abacho.it abacho.co.uk acoon.de allesklar.de ' +
  'allesklar.at allesklar.ch apollo7.de arcor.de dasoertliche.de dastelefonbuch.de gelbeseiten.de eurip.com fixsuche.de flix.de ' +
  'gnadenmeer.de goyellow.de jungle-spider.de meinestadt.de paperball.de extern.peoplecheck.de qualigo.de qualigo.at ' +
  'qualigo.ch suche.info suchmaschine.com suchnase.de tixuma.de witch.de yellowmap.de austronaut.at url.org monstercrawler.com ' +
  // French, Belgian, Canadian, Dutch.
  'fr.dir.com chercherfr.aguea.com recherche.francite.com req.hit-parade.com class.hit-parade.com hit-parade.com hooseek.com ' +
  'junglekey.com junglekey.fr toile.com mozbot.fr mozbot.com mozbot.co.uk sharelook.fr trouvez.com weborama.fr x-recherche.com ' +
  'yougoo.fr 118712.fr pagesjaunes.fr eo.st lo.st recherche.sfr.fr ' +
  'skynet.be web.canoe.ca ilse.nl startgoogle.startpagina.nl startpagina.nl vinden.nl vindex.nl web.nl zoek.nl zoeken.nl ' +
  'walhello.com walhello.info walhello.de walhello.nl wedoo.com yatedo.com yatedo.fr yasni.de yasni.com yasni.co.uk yasni.ch ' +
  'yasni.at 123people.* ' +
  // Nordic, Baltic.
  '118700.se allaverksamheter.se isodelen.se riksdelen.se abcsok.no 1881.no gulesider.no online.no findhurtig.dk ' +
  'find.tdc.dk krak.dk jubii.dk otsing.delfi.ee smart.delfi.lv neti.ee search.www.ee latne.lv apollo.lv/portal/search ' +
  // South and east of Europe.
  'ariadna.elmundo.es pesquisa.clix.pt pesquisa.sapo.pt search.tiscali.it search-dyn.tiscali.it hledani.tiscali.cz kataweb.it ' +
  'trovarapido.com search.leonardo.it fastweb.it cercato.it it.luna.tv 1.cz jyxo.1188.cz web.volny.cz zoohoo.cz zoznam.sk ' +
  'google.interia.pl szukaj.interia.pl netsprint.pl szukaj.gazeta.pl search.abv.bg in.gr search.pathfinder.gr ok.hu ' +
  'sm.aport.ru nigma.ru poisk.ru search.qip.ru sputnik.ru meta.ua all.by holmes.ge search.i.ua bigmir.net ' +
  // The Americas.
  'search.bt.com talktalk.co.uk search.virginmedia.com searchy.co.uk search.earthlink.net search.frontier.com charter.net ' +
  'search.rr.com search.peoplepc.com search.juno.com search.netzero.net my.netzero.net websearch.cs.com search.centurylink.net ' +
  'search.windstream.net optuszoo.com.au busca.uol.com.br busca.ig.com.br wow.com search.mail.com ' +
  // Asia.
  'search.yam.com p.zhongsou.com zxuso.com search.walla.co.il search.zum.com gais.cs.ccu.edu.tw so-net.ne.jp video.so-net.ne.jp ' +
  'search.seesaa.jp woopie.jp fooooo.com jp.hao123.com hao123.com home.kingsoft.jp jwsearch.jword.jp search.dolphin-browser.jp ' +
  'cgi2.nintendo.co.jp search.fenrir-inc.com kwzf.net chinaso.com youdao.com =wiki.com tiger.ch rediff.com search.rediff.com ' +
  'epicsearch.in guruji.com sapo.pt/pesquisa parsijoo.ir zarebin.ir gfsoso.com ' +
  // Toolbars and start pages, old engines that still turn up in history.
  'search.avast.com searches.f-secure.com search.f-secure.com search.zonealarm.com search.chedot.com darkoogle.com ' +
  'search.foxtab.com gooofullsearch.com search.hiyo.com search.sweetim.com search.alot.com search.incredibar.com ' +
  'delta-search.com start.lenovo.com searches.safehomepage.com alohafind.com search.toolbars.alexa.com blekko.com blogdigger.com ' +
  'blogpulse.com claro-search.com crawler.com cuil.com daemon-search.com dmoz.org euroseek.com fastbrowsersearch.com ' +
  'firstsfind.com search.freecause.com search.genieo.com geona.net gomeo.com highbeam.com start.iplay.com blogs.icerocket.com ' +
  'search.icq.com search.imesh.com inbox.com search.kiwee.com searches.vi-view.com search.webssearches.com search.fbdownloader.com ' +
  'searches3.globososo.com start.facemoods.com start.funmoods.com search.magentic.com search.searchcompletion.com ' +
  'searchmobileonline.com isearch.glarysoft.com search.chatzum.com home.speedbit.com search.b1.org searchya.com ' +
  'search.handycafe.com search.v9.com search.iminent.com k9safesearch.com kensaq.com lookany.com search.lookseek.com looksmart.com ' +
  'maailm.com mamma.com mister-wong.com mister-wong.de ko.search.need2find.com only-search.com picsearch.com plazoo.com ' +
  'plusnetwork.com rpmfind.net scour.com searchalot.com searchcanvas.com setooz.com search.smartaddressbar.com ' +
  'search.smartshopping.com search.snap.do search.softonic.com surfcanyon.com talimba.com tarmot.com technorati.com ' +
  'teoma.com toolbarhome.com trusted-search.com twingly.com websearch.com search.winamp.com search.offerbox.com ' +
  'ys.mirostart.com dalesearch.com search-results-now.com searchmgr.online searchassist.com mystart.com';
