-- Entries first_entry to last_entry are there for readers, without gaps; those before are erased from stored_from on.
-- A deleted stream stays until all its rows are erased; its id is never given again.
CREATE TABLE stream (
    workspace_id      text   NOT NULL,
    stream_id         text   NOT NULL,
    name              text   NOT NULL,
    version           bigint NOT NULL,
    ttl_seconds       bigint,
    discoverable      bigint NOT NULL,
    max_entries       bigint,
    is_pruning        bigint NOT NULL,
    retention_seconds bigint,
    renews_on_access  bigint NOT NULL,
    schema_id         text,
    linked_stash      text,
    created_at        bigint NOT NULL,
    created_by        text   NOT NULL,
    expires_at        bigint,
    deleted_at        bigint,
    first_entry       bigint NOT NULL,
    last_entry        bigint NOT NULL,
    stored_from       bigint NOT NULL,
    consumers         bigint NOT NULL,
    retain_at         bigint,
    erase_at          bigint,
    created_seq       bigint NOT NULL,
    updated_seq       bigint NOT NULL,
    PRIMARY KEY (workspace_id, stream_id)
);

CREATE TABLE stream_name (
    workspace_id text NOT NULL,
    name         text NOT NULL,
    stream_id    text NOT NULL,
    PRIMARY KEY (workspace_id, name)
);

-- salt is that of the append's commitment, on the first of its entries: it goes with the first that is erased.
CREATE TABLE stream_entry (
    workspace_id text   NOT NULL,
    stream_id    text   NOT NULL,
    entry_id     bigint NOT NULL,
    seq          bigint NOT NULL,
    created_at   bigint NOT NULL,
    created_by   text   NOT NULL,
    label        text,
    salt         bytea,
    data         bytea  NOT NULL,
    PRIMARY KEY (workspace_id, stream_id, entry_id)
) /* clustered */;

CREATE INDEX stream_entry_by_label ON stream_entry (workspace_id, stream_id, label, entry_id)
    WHERE label IS NOT NULL;

CREATE TABLE stream_cursor (
    workspace_id text   NOT NULL,
    stream_id    text   NOT NULL,
    consumer     text   NOT NULL,
    entry_id     bigint NOT NULL,
    updated_at   bigint NOT NULL,
    updated_by   text   NOT NULL,
    PRIMARY KEY (workspace_id, stream_id, consumer)
);

-- What discovery looks through: few of all streams.
CREATE INDEX stream_discoverable ON stream (workspace_id, name, stream_id)
    WHERE discoverable = 1 AND deleted_at IS NULL;
