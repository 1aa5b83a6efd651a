/* SPDX-License-Identifier: MIT */
/* Face of lib/dental: what procedures mean and when care is due. */
#ifndef WBI_DENTAL_H
#define WBI_DENTAL_H

#include "time/time.h"

#include <winback/recall.h>

/* What a procedure code does to the recare clock: WB_RECARE_NONE, _PROPHY or _PERIO. */
int32_t wbi_recare_trigger(wbi_text code);
/* Scaling and root planing: perio treatment as distinct from maintenance. */
bool wbi_recare_scaling(wbi_text code);
/* Codes that record a missed or cancelled visit and never count as care (D9986, D9987). */
bool wbi_code_missed(wbi_text code);
/* Names as the facts dictionary has them: "prophy", "perio"; "not_due", "0-6", …; empty for 0. */
wbi_text wbi_recare_kind_name(int32_t kind);
wbi_text wbi_recare_band_name(int32_t band);

#endif
