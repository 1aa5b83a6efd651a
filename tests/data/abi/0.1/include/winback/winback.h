/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Everything of libwinback. Each header opens with a chapter on its topic: base (errors, memory),
 * date, zone, law, recall, treatment, benefit, facts, rule, template, lint, message, offer,
 * campaign, consent, action, practice, migrate, page, opening, call, journal, metrics.
 */
#ifndef WINBACK_WINBACK_H
#define WINBACK_WINBACK_H

#include <winback/base.h>
#include <winback/date.h>
#include <winback/zone.h>
#include <winback/law.h>
#include <winback/recall.h>
#include <winback/treatment.h>
#include <winback/benefit.h>
#include <winback/facts.h>
#include <winback/rule.h>
#include <winback/template.h>
#include <winback/lint.h>
#include <winback/message.h>
#include <winback/offer.h>
#include <winback/campaign.h>
#include <winback/consent.h>
#include <winback/action.h>
#include <winback/practice.h>
#include <winback/migrate.h>
#include <winback/page.h>
#include <winback/opening.h>
#include <winback/call.h>
#include <winback/journal.h>
#include <winback/metrics.h>

#endif
