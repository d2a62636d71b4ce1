// Parameters that say how a click came about; what each means is decided where reports are made.
const EVIDENCE =
  'dclid gclid gbraid wbraid gclsrc gad_source gad gad_campaignid msclkid yclid ymclid yadclid ysclid bd_vid n_media n_query n_rank n_ad ' +
  'n_ad_group n_keyword n_keyword_id n_campaign_type napm sznclid ttclid twclid li_fat_id sccid rdt_cid qclid rb_clickid ndclid oborigurl dicbo ' +
  'ob_click_id tblci tblclid cto_pld s_kwcid ef_id irclickid irclid irgwc awc zanpid cjevent cjdata ransiteid ranmid raneaid tduid sscid effi_id ' +
  'kwanko mclic admitad_uid mc_cid _hsenc _hsmi vero_conv dm_i sc_src sc_lid sc_llid sc_customer bbeml sib_id elqtrack srsltid ' +
  'fbclid igshid igsh epik wickedid ko_click_id _branch_match_id _branch_referrer trk_msg vgo_ee';

// These name a person: that they were there is evidence of mail, their values are nobody's business.
const PERSONAL =
  'mc_eid _kx mkt_tok ck_subscriber_id vero_id oly_anon_id oly_enc_id elqtrackid trk_contact ml_subscriber ml_subscriber_hash ' +
  'omnisendcontactid sc_uid';

const STRIPPED =
  '_gl _ga hsctatracking __hstc __hssc __hsfp fb_action_ids fb_action_types fb_source xtatc xts xtref mkwid pcrid';

const KNOWN: ReadonlyMap<string, ClickIdUse> = new Map([
  ...uses('evidence', EVIDENCE),
  ...uses('personal', PERSONAL),
  ...uses('strip', STRIPPED),
]);

/**
 * What may be kept of a parameter: `evidence` name and value, `personal` the name without its value, `strip` nothing. All
 * of them leave the stored URL.
 */
export type ClickIdUse = 'evidence' | 'personal' | 'strip';

/** Says by a lower-cased name what may be kept of a parameter; undefined when it has nothing to do with campaigns. */
export type ParameterUse = (name: string) => ClickIdUse | undefined;

/** How to treat a parameter, by its lower-cased name; undefined when it is no click id. New networks' `…clid` count too. */
export function clickIdUse(name: string): ClickIdUse | undefined {
  const use = KNOWN.get(name);
  if (use) return use;
  if (/^[a-z]+(clid|clkid|clickid)$/.test(name)) return 'evidence';
  return /^(adjust|af)_[a-z0-9_]+$/.test(name) ? 'strip' : undefined;
}

function uses(use: ClickIdUse, names: string): [string, ClickIdUse][] {
  return names.split(' ').map((name) => [name, use]);
}
