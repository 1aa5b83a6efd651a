-- SPDX-License-Identifier: MIT
-- The five tables of a host over SQL. As it stands for SQLite, MySQL 8 and MariaDB; on PostgreSQL
-- say first:  CREATE DOMAIN longblob AS bytea;
-- On MySQL the database needs a collation that tells letters apart, such as utf8mb4_bin.
-- Instants are microseconds since 1970, UTC; ids are hexadecimal digits.

-- One row a practice: where a worker begins, who has it, and when it is due again.
CREATE TABLE snapshot (
  practice VARCHAR(64) NOT NULL PRIMARY KEY,
  sequence BIGINT NOT NULL DEFAULT 0,        -- last record that the state holds
  content LONGBLOB,                          -- what wb_practice_save wrote; NULL: nothing yet
  worker VARCHAR(64) NOT NULL DEFAULT '',    -- who has the practice…
  leased_until BIGINT NOT NULL DEFAULT 0,    -- …until then; 0: nobody
  wake BIGINT NOT NULL DEFAULT 0             -- when there may be something to do
);

-- The journal, a row an append. Its key is the compare-and-swap: the second who writes at a place fails.
CREATE TABLE journal (
  practice VARCHAR(64) NOT NULL,
  first_sequence BIGINT NOT NULL,
  records INTEGER NOT NULL,                  -- how many are in this row
  content LONGBLOB NOT NULL,
  PRIMARY KEY (practice, first_sequence)
);

-- What was handed out, a row an attempt: the only copy of address and text.
CREATE TABLE outbox (
  practice VARCHAR(64) NOT NULL,
  action VARCHAR(32) NOT NULL,               -- its id: the provider's key
  attempt INTEGER NOT NULL,
  patient VARCHAR(128) NOT NULL,             -- key, in hexadecimal digits: any bytes
  contact VARCHAR(32) NOT NULL,              -- contact point
  channel INTEGER NOT NULL,
  booking VARCHAR(16) NOT NULL,              -- handle of the link to book
  unsubscribe VARCHAR(16) NOT NULL,          -- handle of the link that ends e-mail
  handed_out BIGINT NOT NULL,
  deliver_by BIGINT NOT NULL,
  request LONGBLOB NOT NULL,                 -- what the provider is sent, as JSON
  state VARCHAR(10) NOT NULL,                -- ready, started; then sent, not_sent, unknown, withdrawn
  cause INTEGER NOT NULL DEFAULT 0,          -- of not_sent
  told INTEGER NOT NULL DEFAULT 0,           -- 1: the practice knows
  PRIMARY KEY (practice, action, attempt)
);
CREATE INDEX outbox_open ON outbox (practice, told);
CREATE INDEX outbox_action ON outbox (action);
CREATE INDEX outbox_booking ON outbox (booking);
CREATE INDEX outbox_unsubscribe ON outbox (unsubscribe);

-- What came in, at whichever worker. The same event again is the same row.
CREATE TABLE inbox (
  practice VARCHAR(64) NOT NULL,
  event VARCHAR(32) NOT NULL,                -- id of the event
  arrived BIGINT NOT NULL,
  content LONGBLOB NOT NULL,                 -- the event, as JSON
  received INTEGER NOT NULL DEFAULT 0,       -- 1: the practice has it
  refused VARCHAR(32) NOT NULL DEFAULT '',   -- why it would not take it; a person looks at it
  PRIMARY KEY (practice, event)
);
CREATE INDEX inbox_open ON inbox (received, practice, arrived);

-- Who was written to at an address, by which practice: a webhook knows the address alone.
CREATE TABLE contact (
  practice VARCHAR(64) NOT NULL,
  address VARCHAR(320) NOT NULL,
  contact VARCHAR(32) NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (practice, address)
);
CREATE INDEX contact_address ON contact (address);
