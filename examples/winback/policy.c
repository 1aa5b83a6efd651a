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

int cli_policy(const cli_options *options) {
  wb_schema *schema = NULL;
  wb_policy *policy = NULL;
  wb_error error = {0};
  wb_status status = wb_schema_new(NULL, NULL, 0, &schema, &error);
  if (status != WB_OK) return cli_fail("the dictionary", status, &error);
  int result = cli_policy_load(options, schema, &policy);
  if (result == CLI_OK) result = policy_print(policy);
  if (result == CLI_OK) result = cli_limits(options);
  wb_policy_unref(policy);
  wb_schema_unref(schema);
  return result;
}
