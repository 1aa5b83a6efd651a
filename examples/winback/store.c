/* SPDX-License-Identifier: MIT */
/* The store of a practice: journal, snapshot and secret in one folder, locked while in use. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Writes all of it at the file's end; false with errno. */
static bool write_all(int file, const void *data, size_t length) {
  const char *at = data;
  while (length) {
    ssize_t written = write(file, at, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += written;
    length -= (size_t)written;
  }
  return true;
}

static wb_status WB_CALL append_journal(void *user, uint64_t first, const void *bytes,
                                        uint64_t length, uint32_t count) {
  cli_store *store = user;
  (void)first; /* the lock keeps others out, so the next record is ours */
  (void)count;
  if (store->trial) return WB_OK;
  if (!write_all(store->journal, bytes, (size_t)length)) {
    cli_error("%s/journal: %s", store->folder, strerror(errno));
    return WB_E_ABORTED;
  }
  store->journal_bytes += length;
  return WB_OK;
}

static wb_status WB_CALL sync_journal(void *user) {
  cli_store *store = user;
  if (store->trial) return WB_OK;
  if (fdatasync(store->journal) == 0) return WB_OK;
  cli_error("%s/journal: %s", store->folder, strerror(errno));
  return WB_E_ABORTED;
}

/* Makes the names in the folder durable. */
static bool sync_folder(const char *folder) {
  int file = open(folder, O_RDONLY | O_DIRECTORY);
  if (file < 0) return false;
  bool ok = fsync(file) == 0;
  close(file);
  return ok;
}

/* Writes a whole file so that a crash leaves the old one or the new one. */
static bool replace_file(const cli_store *store, const char *name, const void *data,
                         size_t length) {
  char temporary[32];
  snprintf(temporary, sizeof temporary, "%s.new", name);
  char *from = cli_path(store->folder, temporary);
  char *to = cli_path(store->folder, name);
  int file = open(from, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  bool ok = file >= 0 && write_all(file, data, length) && fsync(file) == 0;
  if (file >= 0) close(file);
  ok = ok && rename(from, to) == 0 && sync_folder(store->folder);
  if (!ok) cli_error("%s: %s", to, strerror(errno));
  free(from);
  free(to);
  return ok;
}

/* A new secret from the system's randomness. */
static int make_secret(cli_store *store) {
  int file = open("/dev/urandom", O_RDONLY);
  bool ok = file >= 0 && read(file, store->secret, 16) == 16;
  if (file >= 0) close(file);
  if (!ok) {
    cli_error("the system gives no randomness for the practice secret");
    return CLI_DATA;
  }
  char text[34];
  cli_hex(store->secret, 16, text);
  text[32] = '\n';
  return replace_file(store, "secret", text, 33) ? CLI_OK : CLI_DATA;
}

/* Whether nothing was ever kept in the store. */
static bool is_new(const cli_store *store) {
  char *path = cli_path(store->folder, "snapshot");
  bool kept = access(path, F_OK) == 0;
  free(path);
  return !kept && store->journal_bytes == 0;
}

/* The secret: from the settings, from the store, or made once for a store that is still empty. */
static int load_secret(cli_store *store, const cli_settings *settings) {
  if (settings->secret_hex) {
    if (strlen(settings->secret_hex) == 32 && cli_unhex(settings->secret_hex, store->secret, 16)) {
      return CLI_OK;
    }
    cli_error("the practice settings: \"secret\" is not 32 hexadecimal digits");
    return CLI_DATA;
  }
  char *path = cli_path(store->folder, "secret");
  size_t length = 0;
  char *text = cli_read_file(path, &length);
  int result = CLI_OK;
  if (!text && errno == ENOENT && is_new(store)) {
    result = make_secret(store);
  } else if (!text) {
    cli_error("%s: %s; without it the journal cannot be continued", path, strerror(errno));
    result = CLI_DATA;
  } else if (length < 32 || !cli_unhex(text, store->secret, 16)) {
    cli_error("%s: not 32 hexadecimal digits", path);
    result = CLI_DATA;
  }
  free(text);
  free(path);
  return result;
}

/* Opens the journal and locks it for this process. */
static int open_journal(cli_store *store) {
  char *path = cli_path(store->folder, "journal");
  store->journal = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int result = CLI_DATA;
  struct stat status;
  if (store->journal < 0 || fstat(store->journal, &status) < 0) {
    cli_error("%s: %s", path, strerror(errno));
  } else if (flock(store->journal, LOCK_EX | LOCK_NB) < 0) {
    cli_error("%s: in use by another run", path);
  } else {
    store->journal_bytes = (uint64_t)status.st_size;
    result = CLI_OK;
  }
  free(path);
  return result;
}

/* Loads the snapshot, if there is one. */
static int load_snapshot(cli_store *store) {
  char *path = cli_path(store->folder, "snapshot");
  size_t length = 0;
  char *bytes = cli_read_file(path, &length);
  int result = CLI_OK;
  if (bytes) {
    wb_error error = {0};
    wb_status status = wb_practice_load(store->practice, bytes, length, &error);
    if (status != WB_OK) result = cli_fail(path, status, &error);
  } else if (errno != ENOENT) {
    cli_error("%s: %s", path, strerror(errno));
    result = CLI_DATA;
  }
  free(bytes);
  free(path);
  return result;
}

/* The number of the last whole record in a journal, 0: none; and the last instant in it. */
static uint64_t last_record(const char *bytes, uint64_t length, wb_time *at) {
  wb_record record = {.size = sizeof record};
  uint64_t offset = 0, last = 0;
  *at = WB_TIME_MIN;
  while (wb_journal_next(bytes, (size_t)length, &offset, &record) == WB_OK) {
    last = record.sequence;
    if (record.at > *at) *at = record.at;
  }
  return last;
}

/* Cuts off a record that a crash left unfinished. */
static int cut_torn(cli_store *store, const char *path, uint64_t used) {
  cli_error("%s: the last record was not finished and is left out", path);
  if (ftruncate(store->journal, (off_t)used) < 0) {
    cli_error("%s: %s", path, strerror(errno));
    return CLI_DATA;
  }
  store->journal_bytes = used;
  return CLI_OK;
}

/* Replays the journal after the snapshot. */
static int replay_journal(cli_store *store) {
  char *path = cli_path(store->folder, "journal");
  size_t length = 0;
  char *bytes = cli_read_file(path, &length);
  wb_replay replay = {.size = sizeof replay};
  wb_error error = {0};
  wb_status status =
      bytes ? wb_practice_replay(store->practice, bytes, length, &replay, &error) : WB_E_CORRUPT;
  int result = CLI_OK;
  if (status != WB_OK) {
    result = cli_fail(path, status, &error);
  } else if (last_record(bytes, replay.used, &store->journal_last) !=
             wb_practice_sequence(store->practice)) {
    cli_error("%s: ends before the snapshot does; one of the two is not of this store", path);
    result = CLI_DATA;
  } else if (replay.flags & WB_REPLAY_TORN && !store->trial) {
    result = cut_torn(store, path, replay.used);
  }
  free(bytes);
  free(path);
  return result;
}

/* Makes the practice and brings it to where the store left off. */
static int load_practice(cli_store *store, const cli_options *options, const cli_world *world) {
  wb_practice_options practice = {
      .size = sizeof practice,
      .flags = options->allow_jump || store->trial ? WB_PRACTICE_ALLOW_JUMP : 0,
      .secret = store->secret,
      .key = world->settings.key,
      .key_length = (uint32_t)strlen(world->settings.key),
      .append = append_journal,
      .sync = sync_journal,
      .user = store,
      .spread = 1, /* a run is one pass: what is due now goes now */
  };
  cli_conventions_put(&world->settings, &practice);
  wb_error error = {0};
  wb_status status =
      wb_practice_new(NULL, world->schema, world->policy, &practice, &store->practice, &error);
  if (status != WB_OK) return cli_fail("the practice", status, &error);
  int result = load_snapshot(store);
  return result == CLI_OK ? replay_journal(store) : result;
}

/* After a crash: what was claimed is in the outbox, or was never sent. */
static int settle_claims(cli_store *store, wb_time now) {
  uint64_t cursor = 0;
  wb_action_status action = {.size = sizeof action};
  while (wb_practice_actions(store->practice, &cursor, &action) == WB_OK) {
    if (action.state != WB_ACTION_CLAIMED) continue;
    bool sent = cli_outbox_has(store, action.id);
    wb_outcome outcome = {.size = sizeof outcome,
                          .kind = sent ? WB_SENT : WB_NOT_SENT,
                          .cause = sent ? WB_CAUSE_NONE : WB_CAUSE_INTERRUPTED};
    wb_error error = {0};
    wb_status status = wb_practice_ack(store->practice, action.id, &outcome, now, &error);
    if (status != WB_OK) return cli_fail("settling an interrupted run", status, &error);
    cursor = 0; /* an ack may move the others */
  }
  return CLI_OK;
}

/* An outbox without the journal that goes with it: opt-outs would be forgotten. */
static int check_whole(const cli_store *store) {
  if (!store->sent_count || wb_practice_sequence(store->practice) > 0) return CLI_OK;
  cli_error("%s: the outbox is there, the journal is not; opt-outs would be forgotten",
            store->folder);
  return CLI_DATA;
}

int cli_store_restored(const cli_store *store, const char *why) {
  cli_error("%s: %s: a backup was restored. Raise \"restored\" in the settings by one, tell the "
            "opt-outs since, put the newest outbox.jsonl back, then: winback receive --event "
            "restored_ready",
            store->folder, why);
  return CLI_DATA;
}

/* Whether a folder is a store. */
static bool is_store(const char *folder) {
  char *path = cli_path(folder, "journal");
  bool found = access(path, F_OK) == 0;
  free(path);
  return found;
}

int cli_store_find(const cli_options *options) {
  if (!options->store) return CLI_OK; /* cli_store_open asks for it */
  if (is_store(options->store)) return CLI_OK;
  cli_error("%s: no such store: it has no journal", options->store);
  return CLI_DATA;
}

/* Makes the files durable by name; a store that was not found is one that was made. */
static int keep_names(const cli_store *store, bool found) {
  if (!sync_folder(store->folder)) {
    cli_error("%s: %s", store->folder, strerror(errno));
    return CLI_DATA;
  }
  if (!found) cli_error("%s: a new store was made here", store->folder);
  return CLI_OK;
}

/* Opens the store; a trial writes nothing. */
static int open_store(cli_store *store, const cli_options *options, cli_world *world, bool trial) {
  *store = (cli_store){.journal = -1, .outbox = -1, .trial = trial};
  if (!options->store) {
    cli_error("--store DIR is needed");
    return CLI_USAGE;
  }
  store->folder = strdup(options->store);
  bool found = is_store(store->folder);
  if (mkdir(store->folder, 0700) < 0 && errno != EEXIST) {
    cli_error("%s: %s", store->folder, strerror(errno));
    return CLI_DATA;
  }
  int result = open_journal(store);
  if (result == CLI_OK) result = load_secret(store, &world->settings);
  if (result == CLI_OK) result = load_practice(store, options, world);
  if (result == CLI_OK) result = cli_outbox_open(store);
  if (result == CLI_OK) result = check_whole(store);
  if (result == CLI_OK) result = keep_names(store, found);
  if (result == CLI_OK) result = settle_claims(store, world->now);
  return result;
}

int cli_store_open(cli_store *store, const cli_options *options, cli_world *world) {
  return open_store(store, options, world, false);
}

int cli_store_try(cli_store *store, const cli_options *options, cli_world *world) {
  const int result = open_store(store, options, world, true);
  if (result != CLI_OK) return result;
  return cli_opendental_stops(options, world, store->practice, store->secret);
}

/* The state of the store as bytes; NULL with *length 0: nothing happened to it yet. */
static wb_status save_state(const cli_store *store, char **bytes, size_t *length) {
  *bytes = NULL;
  *length = 0;
  if (!store->practice || wb_practice_sequence(store->practice) == 0) return WB_OK;
  wb_status status = wb_practice_save(store->practice, NULL, 0, length);
  if (status != WB_E_SPACE) return status;
  *bytes = cli_grow(NULL, *length, 1);
  return wb_practice_save(store->practice, *bytes, *length, length);
}

wb_status cli_store_copy(const cli_store *store, const cli_options *options, const cli_world *world,
                         wb_practice **practice, wb_error *error) {
  static const uint8_t secret[16] = {1}; /* where there is no store nobody knows it */
  wb_practice_options made = {
      .size = sizeof made,
      .flags = options->allow_jump ? WB_PRACTICE_ALLOW_JUMP : 0,
      .secret = store->practice ? store->secret : secret,
      .key = world->settings.key,
      .key_length = (uint32_t)strlen(world->settings.key),
      .spread = 1, /* as for a run */
  };
  char *bytes = NULL;
  size_t length = 0;
  cli_conventions_put(&world->settings, &made);
  made.admissions = 1000000;
  wb_status status = wb_practice_new(NULL, world->schema, world->policy, &made, practice, error);
  if (status == WB_OK) status = save_state(store, &bytes, &length);
  if (status == WB_OK && bytes) status = wb_practice_load(*practice, bytes, length, error);
  free(bytes);
  if (status == WB_OK && !store->practice &&
      cli_opendental_stops(options, world, *practice, secret) != CLI_OK)
    return WB_E_ABORTED;
  return status;
}

/* Writes the snapshot; a practice to which nothing happened yet has none. */
static int save_snapshot(cli_store *store) {
  char *bytes = NULL;
  size_t length = 0;
  wb_status status = save_state(store, &bytes, &length);
  int result = status == WB_OK ? CLI_OK : cli_fail("the snapshot", status, NULL);
  if (result == CLI_OK && bytes && !replace_file(store, "snapshot", bytes, length))
    result = CLI_DATA;
  free(bytes);
  return result;
}

int cli_store_close(cli_store *store, bool save) {
  int result = save && store->practice ? save_snapshot(store) : CLI_OK;
  wb_practice_free(store->practice);
  wb_practice_free(store->next);
  if (store->journal >= 0) close(store->journal);
  if (store->outbox >= 0) close(store->outbox);
  free(store->sent);
  free(store->folder);
  *store = (cli_store){.journal = -1, .outbox = -1};
  return result;
}
