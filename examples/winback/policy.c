/* SPDX-License-Identifier: MIT */
/* winback policy: what messages may say, in words. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int cli_policy_load(const cli_options *options, wb_schema *schema, wb_policy **policy) {
  wb_error error = {0};
  size_t length = 0;
  char *text = NULL;
  if (options->policy && !(text = cli_read_file(options->policy, &length))) {
    cli_error("%s: %s", options->policy, strerror(errno));
    return CLI_DATA;
  }
  wb_status status = wb_policy_new(NULL, schema, text, length, policy, &error);
  free(text);
  if (status == WB_OK) return CLI_OK;
  return cli_fail(options->policy ? options->policy : "the policy", status, &error);
}

/* Prints the words of a policy. */
static int policy_print(const wb_policy *policy) {
  size_t length = 0;
  wb_status status = wb_policy_format(policy, NULL, 0, &length);
  if (status != WB_E_SPACE) return cli_fail("the policy", status, NULL);
  char *text = cli_grow(NULL, length + 1, 1);
  status = wb_policy_format(policy, text, length + 1, &length);
  if (status == WB_OK) fwrite(text, 1, length, stdout);
  free(text);
  return status == WB_OK ? CLI_OK : cli_fail("the policy", status, NULL);
}

/* Refuses a region of which nothing could be told: without a zone, or without law. */
static int policy_region(const cli_options *options) {
  wb_law *law = NULL;
  wb_error error = {0};
  wb_date day = 0;
  if (!options->region) return CLI_OK;
  if (!options->zone && !options->practice) {
    cli_error("--region: the hours there are told with --zone or --practice");
    return CLI_USAGE;
  }
  wb_status status = wb_law_new(NULL, NULL, 0, &law, &error);
  if (status != WB_OK) return cli_fail("the law", status, &error);
  status = wb_law_add_business(law, options->region, strlen(options->region), 0, 0, &day);
  wb_law_unref(law);
  if (status != WB_E_NAME) return CLI_OK;
  cli_error("--region: no law is known of %s", options->region);
  return CLI_USAGE;
}

int cli_policy(const cli_options *options) {
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  wb_error error = {0};
  int result = policy_region(options);
  if (result != CLI_OK) return result;
  wb_status status = wb_schema_new(NULL, NULL, 0, &schema, &error);
  if (status != WB_OK) return cli_fail("the dictionary", status, &error);
  result = cli_policy_load(options, schema, &policy);
  if (result == CLI_OK) result = policy_print(policy);
  if (result == CLI_OK) result = cli_limits(options);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
  return result;
}
