namespace Baton.Contracts.Requests;

/// <summary>
/// HTTP carries this version in `If-Match`, and 0, where the operation makes what is absent, as `If-None-Match: *`.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InConditionsAttribute : Attribute;
