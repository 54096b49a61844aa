namespace Baton.Contracts.Requests;

/// <summary>This member is for requests in JSON alone. Over HTTP the body itself stands for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotInHttpAttribute : Attribute;
