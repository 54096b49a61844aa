using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics.Requests;

namespace Baton.Tests.Platform.Basics.Requests;

/// <summary>What serializers know of requests is made of what the requests declare.</summary>
public sealed class RequestJsonTests
{
    static readonly MethodInfo s_of = typeof(RequestShape).GetMethod(nameof(RequestShape.Of))!;

    public static TheoryData<Type> Requests { get; } = [.. typeof(IOperationRequest).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IOperationRequest)))];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Whole_OfARequest_HasTheMembersThatTheGeneratedSerializerHas(Type request)
    {
        s_of.MakeGenericMethod(request).Invoke(obj: null, parameters: null);
        Assert.Equal(
            BatonJson.Options.GetTypeInfo(request).Properties.Where(member => member.Set is not null).Select(Describe),
            RequestJson.Whole.GetTypeInfo(request).Properties.Select(Describe).Where(text => text != "op, required"));
    }

    [Fact]
    public void Shape_WithAMemberOfATypeThatNobodyReads_SaysWhereItBelongs()
    {
        var failure = Assert.Throws<TypeInitializationException>(() => RequestShape.Of<Strange>());
        Assert.Contains("Strange.Place is a System.Uri.", failure.InnerException!.Message, StringComparison.Ordinal);
        Assert.Contains("MemberKinds", failure.InnerException.Message, StringComparison.Ordinal);
    }

    static string Describe(JsonPropertyInfo member) =>
        member.Name + (member.IsRequired ? ", required" : "") + (member.IsSetNullable ? ", or null" : "");

    sealed record Strange : IOperationRequest
    {
        public Uri? Place { get; init; }
    }
}
