namespace Baton.Contracts.Requests;

/// <summary>The id of one version of a schema, `sch_…`, or the name of one.</summary>
public sealed class SchemaIdOrNameFormAttribute()
    : TextFormAttribute(
        @"^(sch_[0-9a-z]{1,60}|(?!\.+$)(?!(str|sch|msg|mem|br|trg|key|clm|ws)_)[A-Za-z0-9._-]{1,128})$",
        "the id of a version, `sch_…`, or a name: " + NameFormAttribute.NameRule)
{
    /// <inheritdoc/>
    public override bool Fits(string text) => SchemaIdFormAttribute.IsId(text) || NameFormAttribute.IsName(text);
}
