-- Times are microseconds since 1970-01-01 UTC, booleans 0 or 1. Text compares by bytes.
-- What the platform itself writes and reads. The tables of features that came first are in their files of this number.

CREATE TABLE workspace (
    workspace_id      text   NOT NULL PRIMARY KEY,
    name              text   NOT NULL,
    created_at        bigint NOT NULL,
    head_seq          bigint NOT NULL,
    head_hash         bytea  NOT NULL,
    head_at           bigint NOT NULL,
    bytes             bigint NOT NULL,
    idempotency_count bigint NOT NULL
);

CREATE TABLE workspace_name (
    name         text NOT NULL PRIMARY KEY,
    workspace_id text NOT NULL
);

-- entry is the encoding without its last field, which is the hash of the row before: nothing is stored twice.
CREATE TABLE ledger (
    workspace_id text   NOT NULL,
    seq          bigint NOT NULL,
    entry        bytea  NOT NULL,
    hash         bytea  NOT NULL,
    PRIMARY KEY (workspace_id, seq)
) /* clustered */;

CREATE TABLE idempotency (
    workspace_id text   NOT NULL,
    scope        text   NOT NULL,
    key          text   NOT NULL,
    fingerprint  bytea  NOT NULL,
    at           bigint NOT NULL,
    answer       bytea  NOT NULL,
    PRIMARY KEY (workspace_id, scope, key)
);

CREATE INDEX idempotency_by_age ON idempotency (workspace_id, at);

CREATE TABLE due (
    workspace_id text   NOT NULL,
    due_at       bigint NOT NULL,
    kind         text   NOT NULL,
    resource     text   NOT NULL,
    PRIMARY KEY (workspace_id, due_at, kind, resource)
);

CREATE INDEX due_by_time ON due (due_at);

CREATE TABLE api_key (
    workspace_id     text   NOT NULL,
    key_id           text   NOT NULL,
    name             text   NOT NULL,
    agent_id         text,
    role             text   NOT NULL,
    version          bigint NOT NULL,
    secret_hash      bytea  NOT NULL,
    old_secret_hash  bytea,
    old_secret_until bigint,
    created_at       bigint NOT NULL,
    created_by       text   NOT NULL,
    expires_at       bigint,
    rate_requests    bigint,
    rate_seconds     bigint,
    created_seq      bigint NOT NULL,
    updated_seq      bigint NOT NULL,
    PRIMARY KEY (workspace_id, key_id)
);

-- Looked up before the workspace is known.
CREATE TABLE key_secret (
    secret_hash  bytea NOT NULL PRIMARY KEY,
    workspace_id text  NOT NULL,
    key_id       text  NOT NULL
);
