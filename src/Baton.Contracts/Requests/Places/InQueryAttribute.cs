namespace Baton.Contracts.Requests;

/// <summary>HTTP carries this member in the query, by the name that it has in JSON.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InQueryAttribute : Attribute;
