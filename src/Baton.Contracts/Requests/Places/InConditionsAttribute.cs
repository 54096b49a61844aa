namespace Baton.Contracts.Requests;

/// <summary>
/// Over HTTP this member, a version, stands in `If-Match`. Where the operation can make what is absent, the version 0
/// is `If-None-Match: *`.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InConditionsAttribute : Attribute;
