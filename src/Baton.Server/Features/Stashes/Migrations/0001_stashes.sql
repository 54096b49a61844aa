-- The newest version of each stash, without its content. A deleted one stays as a tombstone: its version goes on.
CREATE TABLE stash (
    workspace_id text   NOT NULL,
    name         text   NOT NULL,
    version      bigint NOT NULL,
    history      bytea  NOT NULL,
    size         bigint NOT NULL,
    content_type text   NOT NULL,
    digest       bytea  NOT NULL,
    created_at   bigint NOT NULL,
    created_by   text   NOT NULL,
    updated_at   bigint NOT NULL,
    updated_by   text   NOT NULL,
    expires_at   bigint,
    deleted_at   bigint,
    schema_id    text,
    discoverable bigint NOT NULL,
    created_seq  bigint NOT NULL,
    updated_seq  bigint NOT NULL,
    PRIMARY KEY (workspace_id, name)
);

-- A log, by the commit that wrote each version: new rows lie side by side, so that many of them cost few pages.
-- stash.history says which rows are a stash's.
CREATE TABLE stash_version (
    workspace_id text   NOT NULL,
    seq          bigint NOT NULL,
    name         text   NOT NULL,
    version      bigint NOT NULL,
    content_type text   NOT NULL,
    digest       bytea  NOT NULL,
    salt         bytea  NOT NULL,
    updated_at   bigint NOT NULL,
    updated_by   text   NOT NULL,
    model        text,
    sources      text   NOT NULL,
    content      bytea  NOT NULL,
    PRIMARY KEY (workspace_id, seq)
) /* clustered */;

CREATE TABLE lineage (
    workspace_id   text   NOT NULL,
    target         text   NOT NULL,
    target_version bigint NOT NULL,
    source         text   NOT NULL,
    source_version bigint NOT NULL,
    made_by        text   NOT NULL,
    model          text,
    made_at        bigint NOT NULL,
    PRIMARY KEY (workspace_id, target, target_version, source, source_version)
);

CREATE INDEX lineage_by_source ON lineage (workspace_id, source, source_version);
