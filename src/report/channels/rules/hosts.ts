/** Second parts of country domains: `google.*` means `google.` and each of these. */
export const COUNTRY_ENDINGS: readonly string[] = (
  'com ad ae al am as at az ba be bf bg bi bj bs bt by ca cat cc cd cf cg ch ci cl cm cn co.ao co.bw co.ck co.cr co.id ' +
  'co.il co.in co.jp co.ke co.kr co.ls co.ma co.mz co.nz co.th co.tz co.ug co.uk co.uz co.ve co.vi co.za co.zm co.zw ' +
  'com.af com.ag com.ar com.au com.bd com.bh com.bn com.bo com.br com.bz com.cn com.co com.cu com.cy com.do com.ec ' +
  'com.eg com.et com.fj com.gh com.gi com.gt com.hk com.jm com.kh com.kw com.lb com.ly com.mm com.mt com.mx com.my ' +
  'com.na com.ng com.ni com.np com.om com.pa com.pe com.pg com.ph com.pk com.pr com.py com.qa com.sa com.sb com.sg ' +
  'com.sl com.sv com.tj com.tr com.tw com.ua com.uy com.vc com.vn cv cz de dj dk dm dz ee es eu fi fm fr ga ge gg gl ' +
  'gm gr gy hn hr ht hu ie im in iq is it je jo jp kg ki kr kz la li lk lt lu lv md me mg mk ml mn mu mv mw mx ne net nl ' +
  'no nr nu org pl pn ps pt ro rs ru rw sc se sg sh si sk sm sn so sr st td tg tl tm tn to tt tv ua us vg vn vu ws ac ai aw com.ai com.by com.lc com.mo com.nf com.tn eu gd gf gp hk io it.ao kw mc mo mq ms nc nf pf re tk tw yt'
).split(' ');

/** Domains below which every subdomain belongs to somebody else: two shops on one of them are not the same site. */
export const SHARED_DOMAINS: readonly string[] = (
  'github.io gitlab.io myshopify.com blogspot.com wordpress.com tumblr.com wixsite.com webflow.io squarespace.com netlify.app ' +
  'vercel.app pages.dev workers.dev herokuapp.com web.app firebaseapp.com azurewebsites.net cloudfront.net amazonaws.com ' +
  'fly.dev onrender.com surge.sh glitch.me jimdosite.com over-blog.com canalblog.com free.fr pagesperso-orange.fr gouv.fr asso.fr ' +
  'com.fr prestashop.com shopifypreview.com bigcartel.com substack.com medium.com notion.site carrd.co gov.uk ac.uk org.uk net.au ' +
  'gov.au edu.au org.au gob.es gob.mx gov.br ne.jp or.jp ac.jp go.jp gov.it edu.it'
).split(' ');
