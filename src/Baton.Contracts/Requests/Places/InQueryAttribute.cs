namespace Baton.Contracts.Requests;

/// <summary>Over HTTP this member stands in the query, by the name that it has in JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InQueryAttribute : Attribute;
