-- Edges of versions that are no longer kept were never erased: each stash that was made of something is looked at once.
INSERT INTO due (workspace_id, due_at, kind, resource)
SELECT DISTINCT workspace_id, 0, 'stash.forget_lineage', target FROM lineage;
