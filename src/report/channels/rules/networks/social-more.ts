/**
 * Smaller, regional and former social networks, forums and sharing services. Each is reported under its host; a `+` also
 * takes the host's first label as a source name. The format is otherwise that of `Network.hosts`.
 */
export const SOCIAL_MORE =
  // Sharing services and short links that Google counts as social.
  'bit.ly goo.gl is.gd tinyurl.com+ awe.sm cbnt.io j.mp buff.ly dlvr.it addthis.com+ sharethis.com+ shareit.com+ ushareit.com ' +
  'app:com.lenovo.anyshare.gps pinboard.in+ netvibes.com+ feedspot.com+ delicious.com bibsonomy.org ' +
  // Communities of today.
  '5ch.net 5ch.io 2ch.net 4chan.org 8kun.top 9gag.com imgur.com newgrounds.com kickstarter.com indiegogo.com ulule.com ' +
  'onlyfans.com fansly.com vero.co spill.com spoutible.com noplace.app fanbase.app everforo.com post.news cohost.org hive.social ' +
  'airchat.com ravelry.com+ allrecipes.com epicurious.com care.com caringbridge.org chegg.com couchsurfing.com ' +
  'couchsurfing.org internations.org interpals.net italki.com+ goldstar.com+ filmaffinity.com+ imvu.com+ secondlife.com+ ' +
  'habbo.com+ gaiaonline.com+ stardoll.com myanimelist.net letterboxd.com babelio.com senscritique.com anilist.co trakt.tv ' +
  'ancestry.com geni.com geneanet.org myheritage.com+ myheritage.fr app:air.com.myheritage.mobile classmates.com+ ' +
  'ask.fm curiouscat.me tellonym.me tapatalk.com app:com.quoord.tapatalk xda-developers.com resetera.com neogaf.com ' +
  'forums.macrumors.com forum.hardware.fr jeuxvideo.com/forums forum.doctissimo.fr doctissimo.fr/forum forums.futura-sciences.com ' +
  'commentcamarche.net/forum forums.imore.com forums.androidcentral.com forums.crackberry.com ' +
  'forums.wpcentral.com forums.webosnation.com v2ex.com dev.to hashnode.com hashnode.dev indiehackers.com dzone.com+ sourceforge.net ' +
  'wikihow.com wikitravel.org polyvore.com weheartit.com pixiv.net 500px.com unsplash.com photobucket.com+ imageshack.us ' +
  'imageshack.com+ fotki.com+ webshots.com+ vsco.co eyeem.com librarything.com+ anobii.com+ listal.com+ listography.com+ ' +
  'reverbnation.com+ bandcamp.com+ blip.fm 8tracks.com mixcloud.com audiomack.com ' +
  'app:com.houzz.app app:com.academia.academia app:com.badoo.mobile app:com.couchsurfing.mobile.android ' +
  // Europe.
  'jappy.de jappy.com gutefrage.net wer-weiss-was.de werkenntwen.de studivz.net meinvz.net schuelervz.net lokalisten.de stayfriends.de ' +
  'fruehstueckstreff.org dol2day.com+ knuddels.de hyves.nl hyves.net partyflock.nl irc-galleria.net suomi24.fi vauva.fi ' +
  'biip.no nettby.no blogg.no vg.no lunarstorm.se playahead.se flashback.org draugiem.lv frype.com nk.pl goldenline.pl ' +
  'wykop.pl gadu-gadu.pl meneame.net forocoches.com tuenti.com+ trombi.com+ canalblog.com centerblog.net over-blog.com ' +
  'overblog.com unblog.fr gulli.com rtl.de netlog.com nasza-klasa.pl iwiw.hu zoo.gr moikrug.ru mylife.ru vkrugudruzei.ru ' +
  'pikabu.ru habr.com vc.ru babyblog.ru drive2.ru liveinternet.ru diary.ru rutracker.org friendsreunited.com friendsreunited.co.uk ' +
  'faceparty.com+ bebo.com+ yaplog.jp fuzz.fr agoravox.fr ' +
  // Asia and the Americas.
  'renren.com+ kaixin001.com 51.com ushi.cn dianping.com+ tudou.com+ douban.fm toutiao.com jianshu.com csdn.net segmentfault.com ' +
  'cyworld.com+ me2day.net gree.jp mbga.jp yahoo-mbga.jp exblog.jp fc2.com+ cocolog-nifty.com+ livedoor.com livedoor.jp okwave.jp ' +
  'blog.goo.ne.jp oshiete.goo.ne.jp chiebukuro.yahoo.co.jp blog.yahoo.co.jp bookmarks.yahoo.co.jp messages.yahoo.co.jp ' +
  'togetter.com misskey.io bloggang.com pantip.com plurk.com+ app:com.plurk.android dcard.tw ptt.cc mobile01.com kaskus.co.id ' +
  'sharechat.com koo.app kooapp.com mouthshut.com+ ibibo.com+ bharatstudent.com+ shvoong.com taringa.net orkut.com sonico.com ' +
  'sociallife.com.br hi5.com+ tagged.com+ taggedmail.com+ app:com.hi5.app identi.ca hr.com airg.ca nexopia.com+ ' +
  'answers.yahoo.com bookmarks.yahoo.com pulse.yahoo.com my.opera.com spaces.live.com lifestream.aol.com ' +
  // Mostly history.
  '43things.com+ activerain.com+ activeworlds.com+ allnurses.com alumniclass.com+ americantowns.com+ answerbag.com+ wiki.answers.com ' +
  'aolanswers.com+ asmallworld.com athlinks.com+ baby-gaga.com+ beforeitsnews.com+ blackplanet.com+ blackcareernetwork.com ' +
  'blogher.com+ bloglines.com+ blogs.com blogsome.com+ blogster.com+ blog.com blurtit.com+ brightkite.com+ brizzly.com+ buzzfeed.com+ ' +
  'buzznet.com+ cafemom.com+ camospace.com+ care2.com+ catster.com+ cellufun.com+ chicagonow.com+ classquest.com+ cozycot.com+ cross.tv ' +
  'dailystrength.org deluxe.com dogster.com+ doostang.com+ dopplr.com+ drugs-forum.com+ edublogs.org elftown.com+ extole.com+ ' +
  'fanpop.com+ fark.com+ feministing.com+ fetlife.com flixster.com folkdirect.com+ foodservice.com+ fotolog.com+ friendfeed.com+ ' +
  'friendster.com fubar.com+ gamerdna.com+ gather.com glassboard.com+ godtube.com+ govloop.com+ gowalla.com+ hoverspot.com+ ' +
  'hubculture.com+ hubpages.com insanejournal.com+ intherooms.com+ jammerdirect.com+ kaboodle.com kaneva.com+ lang-8.com ' +
  'meetin.org meetme.com menuism.com mocospace.com+ movabletype.com+ multiply.com mylife.com+ mymodernmet.com+ myyearbook.com ' +
  'ngopost.org nightlifelink.com+ ning.com+ oneworldgroup.org onstartups.com+ opendiary.com+ pingsta.com+ plaxo.com posterous.com+ ' +
  'pro.homeadvisor.com qapacity.com+ quechup.com+ redux.com+ reunion.com+ ryze.com+ salespider.com+ screenrant.com+ scvngr.com+ ' +
  'socialvibe.com+ spoke.com+ spruz.com+ stickam.com+ sweeva.com+ talkbiznow.com+ techmeme.com+ toolbox.com+ travellerspoint.com+ ' +
  'twoo.com typepad.com+ urbanspoon.com vampirefreaks.com+ vampirerave.com+ video.ibm.com wakoopa.com+ wayn.com weebly.com+ ' +
  'weeworld.com weread.com+ woot.com xanga.com+ youroom.in zooppa.com+ mubi.com+ ssense.com biswap.org tagworld.com';
