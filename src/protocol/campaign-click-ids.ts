/**
 * Names that stand for a person (first group: that they were there is evidence of mail, their values are nobody's
 * business), names that say how a click came about (second group; what each means is decided where reports are made), and
 * names that are only taken out. One expression, not lists, because pages carry it: it weighs two thirds of them.
 */
const KNOWN =
  /^(?:(mc_eid|_kx|mkt_tok|ck_subscriber_id|vero_id|oly_(?:anon|enc)_id|elqtrackid|trk_contact|ml_subscriber(?:_hash)?|omnisendcontactid|sc_uid)|(.+cl(?:ick|k)?_?id|[gw]braid|gad_.+|srsltid|li_fat_id|s[cs]cid|rdt_cid|igsh(?:id)?|epik|awc|cj(?:event|data)|tduid|mc_cid|gclsrc|gad|bd_vid|n_(?:media|query|rank|ad(?:_group)?|keyword(?:_id)?|campaign_type)|napm|oborigurl|dicbo|tblci|cto_pld|s_kwcid|ef_id|irgwc|zanpid|ran(?:site|m|ea)id|effi_id|kwanko|mclic|admitad_uid|_hs(?:enc|mi)|vero_conv|dm_i|sc_(?:src|l?lid|customer)|bbeml|sib_id|elqtrack|wickedid|_branch_(?:match_id|referrer)|trk_msg|vgo_ee)|_g[al]|hsctatracking|__h(?:stc|ssc|sfp)|fb_(?:action_(?:id|type)s|source)|xt(?:atc|s|ref)|mkwid|pcrid|(?:adjust|af)_.+)$/;

/**
 * What may be kept of a parameter: `evidence` name and value, `personal` the name without its value, `strip` nothing. All
 * of them leave the stored URL.
 */
export type ClickIdUse = 'evidence' | 'personal' | 'strip';

/** Says by a lower-cased name what may be kept of a parameter; undefined when it has nothing to do with campaigns. */
export type ParameterUse = (name: string) => ClickIdUse | undefined;

/** How to treat a parameter, by its lower-cased name; undefined when it is no click id. New networks' `…clid` count too. */
export function clickIdUse(name: string): ClickIdUse | undefined {
  const known = KNOWN.exec(name);
  return known ? (known[1] ? 'personal' : known[2] ? 'evidence' : 'strip') : undefined;
}
