/**
 * Visits with the channel a person would file them under, written for this project: what tools of the field have as test
 * cases (said in our own words and hosts), and real-life shapes of French shops. One line a case:
 * `channel | query or fragment of the landing URL | referrer`. `-` is nothing.
 */
export const CORPUS = `
# Search engines, by country and by app
Organic Search | - | https://www.google.com/
Organic Search | - | https://www.google.fr/
Organic Search | - | https://google.co.uk/search?q=chaussures
Organic Search | - | https://www.google.com.br/url?sa=t
Organic Search | - | https://www.google.co.jp/
Organic Search | - | https://www.google.de/imgres?imgurl=x
Organic Search | - | https://images.google.it/
Organic Search | - | https://news.google.com/
Organic Search | - | https://www.google.com/maps/place/x
Organic Search | - | android-app://com.google.android.googlequicksearchbox/
Organic Search | - | android-app://com.google.android.googlequicksearchbox/https/www.google.com
Organic Search | - | https://www.bing.com/
Organic Search | - | https://cn.bing.com/search?q=x
Organic Search | - | https://duckduckgo.com/
Organic Search | cid=4172 | https://duckduckgo.com/
Organic Search | - | https://search.yahoo.com/
Organic Search | - | https://fr.search.yahoo.com/
Organic Search | - | https://r.search.yahoo.com/_ylt=x
Organic Search | - | https://search.yahoo.co.jp/search?p=x
Organic Search | - | http://it.images.search.yahoo.com/images/view
Organic Search | - | https://www.ecosia.org/
Organic Search | - | https://www.qwant.com/?q=x
Organic Search | - | https://lite.qwant.com/
Organic Search | - | https://search.brave.com/
Organic Search | - | https://www.startpage.com/do/search
Organic Search | - | https://s3-us3.ixquick.com/do/search
Organic Search | - | https://yandex.ru/
Organic Search | - | https://yandex.com.tr/search/?text=x
Organic Search | - | https://ya.ru/
Organic Search | - | http://images.yandex.ru/yandsearch?text=x
Organic Search | - | https://www.baidu.com/link?url=x
Organic Search | - | https://m.baidu.com/
Organic Search | - | https://search.naver.com/search.naver?query=x
Organic Search | - | https://m.search.naver.com/
Organic Search | - | https://search.daum.net/
Organic Search | - | https://www.sogou.com/
Organic Search | - | https://wap.sogou.com/
Organic Search | - | https://so.360.cn/
Organic Search | - | https://www.so.com/
Organic Search | - | https://m.sm.cn/
Organic Search | - | https://search.seznam.cz/
Organic Search | - | https://www.seznam.cz/
Organic Search | - | https://go.mail.ru/search?q=x
Organic Search | - | https://nova.rambler.ru/
Organic Search | - | https://szukaj.onet.pl/
Organic Search | - | https://ricerca.virgilio.it/
Organic Search | - | https://suche.t-online.de/
Organic Search | - | https://suche.web.de/
Organic Search | - | https://suche.gmx.net/
Organic Search | - | https://www.search.ch/
Organic Search | - | https://lemoteur.orange.fr/
Organic Search | - | http://search.ke.voila.fr/
Organic Search | - | https://search.lilo.org/
Organic Search | - | https://kagi.com/
Organic Search | - | https://www.mojeek.com/
Organic Search | - | https://presearch.com/
Organic Search | - | https://swisscows.com/
Organic Search | - | https://metager.org/
Organic Search | - | https://yep.com/
Organic Search | - | https://coccoc.com/search?query=x
Organic Search | - | https://www.dogpile.com/
Organic Search | - | https://www.info.com/
Organic Search | - | https://search.aol.com/
Organic Search | - | http://aolsearch.aol.co.uk/aol/search?q=x
Organic Search | - | http://www.aolsearch.com/search?query=x
Organic Search | - | http://uk.search-results.com/web?q=x
Organic Search | - | http://search.tb.ask.com/search/GGmain.jhtml?searchfor=x
Organic Search | - | http://isearch.avg.com/pages/images.aspx?q=x
Organic Search | - | https://www.kiddle.co/
Organic Search | - | https://gibiru.com/
Organic Search | - | https://ntp.msn.com/
Organic Search | - | https://www.startsiden.no/
Organic Search | - | https://search.walla.co.il/
Organic Search | - | http://www.dalesearch.com/?q=x
Organic Search | srsltid=AfmBOo1 | https://www.google.com/
Organic Search | srsltid=AfmBOo1 | -
Organic Search | ysclid=l1 | https://yandex.ru/
Organic Search | ysclid=l1 | -
Organic Search | utm_source=google&utm_medium=organic&utm_campaign=gmb | -
Organic Search | utm_source=gmb&utm_medium=organic | https://www.google.fr/
Organic Search | utm_source=google&utm_medium=seo | -
Organic Search | utm_source=duckduckgo | -
Organic Search | utm_source=Google | -

# A click id that was carried elsewhere
Organic Search | gclid=x | https://duckduckgo.com/
Organic Search | msclkid=x | https://www.google.fr/
Organic Social | gclid=x | https://l.facebook.com/
Organic Social | fbclid=x&gclid=y | https://l.facebook.com/
AI Assistant | gclid=x | https://chatgpt.com/
Organic Search | fbclid=x | https://www.google.com/
Email | fbclid=x | https://mail.google.com/

# Paid search
Paid Search | gclid=Cj0K | https://www.google.com/
Paid Search | gclid=Cj0K | -
Paid Search | GCLID=Cj0K | -
Paid Search | gbraid=0AAAA | https://www.google.com/
Paid Search | wbraid=Cls | -
Paid Search | gad_source=1&gad_campaignid=22 | -
Paid Search | gclid=x&gclsrc=aw.ds | -
Paid Search | gclid=x&srsltid=y | https://www.google.com/
Paid Search | gclid=x&fbclid=y | -
Paid Search | msclkid=f72b | https://www.bing.com/
Paid Search | msclkid=f72b | https://duckduckgo.com/
Paid Search | msclkid=f72b | https://fr.search.yahoo.com/
Paid Search | msclkid=f72b | https://www.qwant.com/
Paid Search | msclkid=f72b&utm_source=bing&utm_medium=cpc | https://duckduckgo.com/
Paid Search | yclid=123 | https://yandex.ru/
Paid Search | yclid=YSS.1 | https://search.yahoo.co.jp/
Paid Search | bd_vid=1 | https://www.baidu.com/
Paid Search | n_media=27758&n_query=x | https://search.naver.com/
Paid Search | utm_source=google&utm_medium=cpc | -
Paid Search | utm_source=GOOGLE&utm_medium=CPC | https://blog.example/
Paid Search | utm_source=google&utm_medium=ppc&utm_campaign=brand | -
Paid Search | utm_source=google&utm_medium=cpm | -
Paid Search | utm_source=bing&utm_medium=paidsearch | -
Paid Search | utm_source=yahoo&utm_medium=paid | -
Paid Search | utm_source=google&utm_medium=sea | -
Paid Search | utm_source=bing&utm_medium=sem | -
Paid Search | utm_medium=sea&utm_campaign=marque | -
Paid Search | utm_source=adwords&utm_medium=cpc | -
Paid Search | utm_source=google_ads | -
Paid Search | utm_source=Adwords | -
Paid Search | utm_source=google&gclid=x | -
Paid Search | utm_medium=cpc&gclid=x | -
Paid Search | utm_medium=cpc | https://www.google.fr/
Paid Search | utm_source=google&utm_medium=cpc&utm_campaign=photoshop | -
Paid Search | utm_source=google&utm_medium=cpc&utm_campaign=workshop | -
Paid Search | xtor=SEC-12-GOO-[marque] | -
Paid Search | at_medium=sl&at_campaign=marque&at_platform=google | -
Paid Search | mtm_source=google&mtm_medium=cpc&mtm_campaign=x | -
Paid Search | pk_campaign=x&pk_source=bing&pk_medium=cpc | -
Paid Search | s_kwcid=AL!3!1&ef_id=x:G:s | https://www.google.com/

# Google's other networks
Cross-network | utm_source=google&utm_medium=cpc&utm_campaign=fr-cross-network-1 | -
Cross-network | utm_campaign=cross-network | -
Cross-network | utm_source=google&utm_medium=pmax&gad_source=1 | -
Cross-network | utm_source=google&utm_medium=performance-max | -
Cross-network | utm_source=google&utm_medium=demandgen | -
Paid Video | gclid=x | https://www.youtube.com/
Paid Video | gclid=x | https://m.youtube.com/
Paid Video | utm_source=youtube&utm_medium=cpc | -
Paid Video | utm_source=yt-ads | -
Paid Video | utm_source=vimeo&utm_medium=paid-video | -
Paid Video | utm_medium=cpv&utm_source=dailymotion | -
Paid Video | utm_medium=cpc | https://www.youtube.com/
Display | gclid=x | https://googleads.g.doubleclick.net/
Display | gclid=x | https://2bb5cd7f.safeframe.googlesyndication.com/
Display | dclid=x | -
Display | dclid=x | https://www.lemonde.example/
Display | utm_source=acme&utm_medium=display | -
Display | utm_source=google&utm_medium=display&gclid=x | -
Display | utm_source=acme&utm_medium=banner | -
Display | utm_source=acme&utm_medium=cpm | -
Display | utm_source=acme&utm_medium=bannière | -
Display | utm_source=taboola&utm_medium=native | https://www.lefigaro.example/
Display | tblci=GiA | https://www.lefigaro.example/
Display | dicbo=v2-x | -
Display | utm_source=dv360&utm_medium=programmatic | -
Display | xtor=AD-500 | -
Display | at_medium=display&at_campaign=soldes | -
Display | - | https://googleads.g.doubleclick.net/
Display | - | https://www.criteo.com/
Display | utm_medium=interstitial&utm_source=app | -

# Shopping
Paid Shopping | utm_source=google&utm_medium=cpc&utm_campaign=shopping | -
Paid Shopping | utm_source=google&utm_medium=cpc&utm_campaign=eshop-fr | -
Paid Shopping | utm_source=amazon&utm_medium=cpc | -
Paid Shopping | utm_source=ebay&utm_medium=ppc | -
Paid Shopping | utm_medium=ppc | https://www.ebay.co.uk/
Paid Shopping | utm_source=idealo.fr&utm_medium=cpc | -
Paid Shopping | utm_source=leguide&utm_medium=sea | -
Paid Shopping | utm_source=bing&utm_medium=cpc&utm_campaign=8+-+Shopping+-+Clothing | -
Organic Shopping | - | https://www.amazon.fr/
Organic Shopping | - | https://www.amazon.co.jp/
Organic Shopping | - | https://www.ebay.de/
Organic Shopping | - | https://shopping.google.fr/
Organic Shopping | - | https://www.google.com/shopping/product/1
Organic Shopping | - | https://www.idealo.fr/
Organic Shopping | - | https://www.leboncoin.fr/
Organic Shopping | - | https://www.cdiscount.com/
Organic Shopping | - | https://www.etsy.com/listing/1
Organic Shopping | - | https://fr.aliexpress.com/
Organic Shopping | - | https://m.alibaba.com/
Organic Shopping | - | https://www.walmart.com/
Organic Shopping | - | https://www.temu.com/
Organic Shopping | - | https://www.dealabs.com/
Organic Shopping | - | https://www.vinted.fr/
Organic Shopping | - | https://www.mercadolibre.com.ar/
Organic Shopping | - | https://allegro.pl/
Organic Shopping | - | https://www.bol.com/
Organic Shopping | - | android-app://com.amazon.mShop.android.shopping
Organic Shopping | utm_source=walmart | -
Organic Shopping | utm_campaign=shop | -
Organic Shopping | utm_source=shopify | -

# Social networks
Organic Social | - | https://www.facebook.com/
Organic Social | - | https://l.facebook.com/l.php?u=x
Organic Social | - | https://lm.facebook.com/
Organic Social | - | https://m.facebook.com/
Organic Social | - | https://fr-fr.facebook.com/
Organic Social | - | https://www.facebook.com/search/?q=shoes
Organic Social | fbclid=IwAR30 | https://l.facebook.com/
Organic Social | fbclid=IwAR30 | -
Organic Social | fbclid=x | https://l.instagram.com/
Organic Social | igshid=x | -
Organic Social | igsh=x | https://www.instagram.com/
Organic Social | - | https://l.instagram.com/
Organic Social | - | android-app://com.facebook.katana/
Organic Social | - | android-app://com.instagram.android
Organic Social | - | https://t.co/chrgFZDb
Organic Social | - | https://x.com/
Organic Social | - | https://mobile.twitter.com/
Organic Social | - | https://www.linkedin.com/
Organic Social | - | https://lnkd.in/abc
Organic Social | - | android-app://com.linkedin.android/
Organic Social | - | https://www.pinterest.fr/
Organic Social | - | https://za.pinterest.com/
Organic Social | epik=dj0y | -
Organic Social | - | https://www.reddit.com/
Organic Social | - | https://old.reddit.com/r/x
Organic Social | - | android-app://com.reddit.frontpage/
Organic Social | - | https://www.tiktok.com/
Organic Social | - | https://www.snapchat.com/
Organic Social | - | https://l.threads.com/
Organic Social | - | https://www.threads.net/
Organic Social | - | https://bsky.app/
Organic Social | - | https://go.bsky.app/
Organic Social | - | https://mastodon.social/
Organic Social | - | https://fosstodon.org/
Organic Social | - | https://discord.com/channels/1
Organic Social | - | https://ptb.discord.com/
Organic Social | - | https://shop.tumblr.com/
Organic Social | - | https://www.quora.com/
Organic Social | - | https://away.vk.com/
Organic Social | - | https://www.odnoklassniki.ru/dk
Organic Social | - | https://my.mail.ru/
Organic Social | - | https://weibo.com/
Organic Social | - | https://www.xiaohongshu.com/
Organic Social | - | https://news.ycombinator.com/
Organic Social | - | https://www.producthunt.com/
Organic Social | - | https://stackoverflow.com/questions/1
Organic Social | - | https://github.com/
Organic Social | - | https://steamcommunity.com/
Organic Social | - | https://www.xing.com/
Organic Social | - | https://skyrock.com/
Organic Social | - | https://www.yelp.fr/
Organic Social | - | https://nextdoor.fr/
Organic Social | - | https://plus.google.com/communities/1
Organic Social | - | https://flipboard.com/
Organic Social | - | https://getpocket.com/
Organic Social | - | https://ameblo.jp/
Organic Social | - | https://blog.naver.com/
Organic Social | utm_source=fb&utm_medium=social | -
Organic Social | utm_source=ig&utm_medium=social&utm_content=link_in_bio&fbclid=x | https://l.instagram.com/
Organic Social | utm_source=facebook | -
Organic Social | utm_source=twitter&utm_medium=social-media | -
Organic Social | utm_source=facebook&utm_medium=email | -
Organic Social | utm_source=hootsuite&utm_medium=x | -
Organic Social | utm_source=acme&utm_medium=reseaux-sociaux | -
Organic Social | utm_source=acme&utm_medium=rs | -
Organic Social | utm_campaign=soldes | https://m.facebook.com/
Organic Social | mtm_campaign=soldes | https://www.linkedin.com/
Paid Social | utm_source=facebook&utm_medium=cpc&fbclid=x | https://l.facebook.com/
Paid Social | utm_source=facebook&utm_medium=paid&fbclid=x | https://l.facebook.com/
Paid Social | utm_source=instagram&utm_medium=paid_social | -
Paid Social | utm_source=meta&utm_medium=paid-social | -
Paid Social | utm_source=fb-ads | -
Paid Social | utm_source=fbad | -
Paid Social | utm_source=facebook-ads | https://www.facebook.com/
Paid Social | utm_source=Reddit-ads | -
Paid Social | utm_source=twitter-ads | -
Paid Social | utm_source=linkedin&utm_medium=cpm | -
Paid Social | utm_source=tiktok&utm_medium=paid | -
Paid Social | utm_source=facebook&utm_medium=social-ads | -
Paid Social | utm_source=agence&utm_medium=social_ads | -
Paid Social | ttclid=E.C | https://www.tiktok.com/
Paid Social | ttclid=E.C | -
Paid Social | twclid=2-x | https://t.co/
Paid Social | li_fat_id=x | https://www.linkedin.com/
Paid Social | ScCid=x | -
Paid Social | rdt_cid=x | https://www.reddit.com/
Paid Social | qclid=x | -
Paid Social | rb_clickid=x | https://vk.com/
Paid Social | utm_medium=paid&fbclid=x | -
Paid Social | at_medium=social_ad&at_campaign=x&at_platform=facebook | -

# Video
Organic Video | - | https://www.youtube.com/
Organic Video | - | https://m.youtube.com/
Organic Video | - | https://youtu.be/abc
Organic Video | - | android-app://com.google.android.youtube/
Organic Video | - | https://vimeo.com/
Organic Video | - | https://player.vimeo.com/
Organic Video | - | https://www.dailymotion.com/
Organic Video | - | https://www.twitch.tv/
Organic Video | - | https://kick.com/
Organic Video | - | https://www.bilibili.com/
Organic Video | - | https://rutube.ru/
Organic Video | - | https://www.netflix.com/
Organic Video | utm_source=yt&utm_medium=description | -
Organic Video | utm_source=acme&utm_medium=video | -
Organic Video | utm_source=vimeo | -

# Assistants
AI Assistant | - | https://chatgpt.com/
AI Assistant | - | https://chat.openai.com/
AI Assistant | utm_source=chatgpt.com | -
AI Assistant | utm_source=chatgpt.com | https://chatgpt.com/
AI Assistant | utm_source=chatgpt.com&utm_medium=referral | -
AI Assistant | utm_source=perplexity | -
AI Assistant | - | https://www.perplexity.ai/
AI Assistant | - | https://pplx.ai/
AI Assistant | - | android-app://ai.perplexity.app.android
AI Assistant | - | https://gemini.google.com/
AI Assistant | - | https://copilot.microsoft.com/
AI Assistant | - | https://copilot.com/
AI Assistant | - | https://www.bing.com/chat?q=x
AI Assistant | - | https://claude.ai/
AI Assistant | - | https://chat.mistral.ai/
AI Assistant | - | https://grok.com/
AI Assistant | - | https://x.com/i/grok
AI Assistant | - | https://chat.deepseek.com/
AI Assistant | - | https://www.meta.ai/
AI Assistant | - | https://you.com/
AI Assistant | - | https://poe.com/
AI Assistant | - | https://phind.com/
AI Assistant | - | https://notebooklm.google.com/
AI Assistant | - | https://chat.qwen.ai/
AI Assistant | - | https://yiyan.baidu.com/
AI Assistant | - | https://chatglm.cn/
AI Assistant | - | https://iask.ai/
AI Assistant | - | https://custom.chatgpt.com/i/1
AI Assistant | - | https://duck.ai/
AI Assistant | - | https://www.doubao.com/
AI Assistant | utm_medium=ai-assistant&utm_source=x | -
Referral | - | https://chatgpt.com.custom.example/
Email | utm_source=chatgpt.com&utm_medium=email | -

# Mail
Email | - | https://mail.google.com/mail/u/0/
Email | - | android-app://com.google.android.gm/
Email | - | android-app://com.google.android.gm
Email | - | https://outlook.live.com/
Email | - | https://outlook.office.com/mail/
Email | - | http://co106w.col106.mail.live.com/default.aspx
Email | - | https://mail.yahoo.com/
Email | - | https://fr-mg42.mail.yahoo.com/
Email | - | http://36ohk6.c.yom.mail.yahoo.net/om/api
Email | - | https://mail.aol.com/
Email | - | https://mail.proton.me/
Email | - | https://messagerie.orange.fr/
Email | - | http://webmail1m.orange.fr/webmail/fr_FR/read.html
Email | - | https://webmail.laposte.net/
Email | - | https://www.laposte.net/accueil
Email | - | https://webmail.free.fr/
Email | - | https://zimbra.free.fr/
Email | - | https://webmail.sfr.fr/
Email | - | https://messagerie.sfr.fr/
Email | - | https://webmail.bbox.fr/
Email | - | https://www.bbox.fr.example.webmail.bouyguestelecom.fr/
Email | - | https://deref-gmx.net/
Email | - | https://navigator.web.de/
Email | - | https://email.t-online.de/
Email | - | https://mail.libero.it/
Email | - | https://e.mail.ru/
Email | - | https://mail.yandex.ru/
Email | - | https://poczta.wp.pl/
Email | - | https://email.seznam.cz/
Email | - | https://mail.qq.com/
Email | - | https://mail.163.com/
Email | - | https://webmail.ville-exemple.fr/
Email | - | https://mail.ovh.net/roundcube/
Email | - | android-app://com.microsoft.office.outlook/
Email | - | android-app://com.yahoo.mobile.client.android.mail
Email | utm_source=newsletter&utm_medium=email | -
Email | utm_source=brevo&utm_medium=e-mail&utm_campaign=noel | https://webmail.free.fr/
Email | utm_source=brevo | -
Email | utm_source=newsletter | -
Email | utm_source=Newsletter-UK | -
Email | utm_source=crm&utm_medium=newsletter | -
Email | utm_source=crm&utm_medium=emailing | -
Email | utm_source=crm&utm_medium=e-mailing | -
Email | utm_source=crm&utm_medium=mailing | -
Email | utm_source=email | -
Email | mc_cid=a&mc_eid=b | -
Email | _hsenc=p2A&_hsmi=1 | -
Email | _kx=abc | https://mail.google.com/
Email | mkt_tok=MTIz | -
Email | dm_i=1 | -
Email | xtor=EPR-12-[noel]-20261122 | -
Email | xtor=EREC-3 | -
Email | at_medium=email&at_campaign=noel | -
Email | mtm_campaign=noel&mtm_medium=email&mtm_source=nl | -
Email | pk_campaign=noel&pk_medium=newsletter | -
Email | utm_source=newsletter&utm_medium=email&gclid=x | -
Email | utm_source=newsletter&utm_medium=email&fbclid=x | https://l.facebook.com/

# Affiliates, messages
Affiliates | awc=1_2 | https://blog.example/
Affiliates | irclickid=x&irgwc=1 | -
Affiliates | cjevent=x | https://coupons.example/
Affiliates | ranMID=1&ranEAID=2&ranSiteID=x | -
Affiliates | tduid=x | -
Affiliates | sscid=x | -
Affiliates | effi_id=x | -
Affiliates | utm_source=awin&utm_medium=affiliate&awc=1 | -
Affiliates | utm_source=awin&utm_medium=affiliation | -
Affiliates | utm_source=kwanko&utm_medium=affiliates | -
Affiliates | xtor=AL-32280270 | -
Affiliates | awc=1&fbclid=x | https://l.facebook.com/
Paid Search | gclid=x&awc=1 | -
SMS | utm_source=sms | -
SMS | utm_source=crm&utm_medium=sms | -
SMS | utm_medium=sms&fbclid=x | -
SMS | utm_source=crm&utm_medium=rcs | -
Mobile Push Notifications | utm_source=firebase | -
Mobile Push Notifications | utm_source=app&utm_medium=push | -
Mobile Push Notifications | utm_source=onesignal&utm_medium=web-push | -
Mobile Push Notifications | utm_source=acme&utm_medium=notification | -
Audio | utm_source=spotify&utm_medium=audio | -
Audio | utm_source=acast&utm_medium=podcast | -
Messaging | - | https://web.whatsapp.com/
Messaging | - | https://wa.me/
Messaging | - | android-app://com.whatsapp
Messaging | - | https://t.me/
Messaging | - | https://web.telegram.org/
Messaging | - | android-app://org.telegram.messenger
Messaging | - | https://l.messenger.com/
Messaging | - | android-app://com.facebook.orca
Messaging | utm_source=whatsapp&utm_medium=share | -
Messaging | utm_source=crm&utm_medium=whatsapp | -

# Outside the web
Print / QR | utm_source=flyer-lyon&utm_medium=qr | -
Print / QR | utm_source=catalogue-2026&utm_medium=catalogue | -
Print / QR | utm_source=x&utm_medium=brochure | -
Print / QR | utm_source=x&utm_medium=print | -
Out of Home | utm_source=metro&utm_medium=affichage | -
Out of Home | utm_source=jcdecaux&utm_medium=dooh | -
Direct Mail | utm_source=x&utm_medium=courrier | -
Direct Mail | utm_source=x&utm_medium=direct-mail | -
TV / Radio | utm_source=tf1&utm_medium=tv | -
TV / Radio | utm_source=rtl&utm_medium=radio | -
In-store | utm_source=lyon&utm_medium=magasin | -
In-store | utm_source=lyon&utm_medium=in-store | -
In-store | utm_source=lyon&utm_medium=boutique | -
Call Centre | utm_source=x&utm_medium=phone | -
Event | utm_source=vivatech&utm_medium=salon | -
Event | utm_source=x&utm_medium=event | -
Partner / Influencer | utm_source=lea&utm_medium=influencer | -
Partner / Influencer | utm_source=x&utm_medium=partenaire | -
Marketplace | utm_source=cdiscount&utm_medium=marketplace | -
Customer Service | utm_source=x&utm_medium=service-client | -

# Other sites
Referral | - | https://www.lemonde.example/article?x=1
Referral | - | https://en.wikipedia.org/wiki/X
Referral | - | https://docs.google.com/document/d/1
Referral | - | https://linktr.ee/shop
Referral | - | https://notfacebook.com/
Referral | - | https://facebook.com.evil.example/
Referral | - | https://notgoogle.com/
Referral | - | https://someone.blogspot.com/
Referral | - | https://word-edit.officeapps.live.com/
Referral | - | android-app://com.example.reader
Referral | - | http://192.168.1.20/intranet
Referral | utm_source=acme&utm_medium=referral | -
Referral | utm_source=acme&utm_medium=link | -
Referral | - | https://www.upday.com/
Referral | - | https://feedly.com/
Paid Other | utm_source=acme&utm_medium=cpc | -
Paid Other | utm_medium=cpc | -
Paid Other | cto_pld=x | -
Paid Other | utm_source=acme&utm_medium=retargeting | -

# Nothing to go by
Direct | - | -
Direct | x=1&page=2 | -
Direct | - | https://www.shop.example/other
Direct | - | https://blog.shop.example/
Direct | - | https://www.paypal.com/checkout
Direct | - | https://checkout.stripe.com/
Direct | - | https://accounts.google.com/
Direct | - | https://appleid.apple.com/
Direct | - | https://login.microsoftonline.com/
Direct | - | https://fcp.franceconnect.gouv.fr/
Direct | - | https://paiement.systempay.fr/
Direct | - | https://payment-web.sips-services.com/
Direct | gclid=x | https://www.paypal.com/
Direct | - | about:blank
Direct | _gl=1*x | -
Direct | ref=menu&source=header | -
Unassigned | utm_source=acme&utm_medium=zzz | -
Unassigned | utm_campaign=soldes | -
Unassigned | utm_source=acme | -
Organic Social | utm_source=producthunt | https://www.shop.example/
Paid Search | #utm_source=google&utm_medium=cpc | -
Paid Search | #/produits?utm_source=google&utm_medium=cpc | -
Paid Search | utm_source=google&amp;utm_medium=cpc | -
Paid Search | UTM_Source=google&Utm_Medium=cpc | -
Paid Search | utm_source=+google%20&utm_medium=cpc | -
`;

/** A labelled visit. */
export interface LabelledVisit {
  channel: string;
  url: string;
  referrer: string;
}

/** The corpus, taken apart. */
export function labelledVisits(): LabelledVisit[] {
  return CORPUS.split('\n')
    .filter((line) => line.includes(' | '))
    .map((line) => {
      const [channel = '', query = '-', referrer = '-'] = line.split(' | ');
      const part = query === '-' ? '' : query.startsWith('#') ? query : `?${query}`;
      return { channel, url: `https://www.shop.example/${part}`, referrer: referrer === '-' ? '' : referrer };
    });
}
