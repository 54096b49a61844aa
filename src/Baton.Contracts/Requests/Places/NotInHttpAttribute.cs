namespace Baton.Contracts.Requests;

/// <summary>A member for requests in JSON alone: HTTP has its body for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInHttpAttribute : Attribute;
