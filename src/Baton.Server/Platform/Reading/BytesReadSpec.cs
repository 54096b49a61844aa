using System.Diagnostics.CodeAnalysis;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Requests;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// A read that makes its <see cref="ReadAnswer"/> itself: of bytes, of a version, or of nothing when a wait is over.
/// </summary>
/// <param name="name">`stash.read`.</param>
/// <param name="summary">The first sentence.</param>
/// <param name="answerType">The wire record that the bytes are; null: a caller wrote them.</param>
/// <param name="read">Reads.</param>
internal sealed class BytesReadSpec<[DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(
    string name, string summary, Type? answerType, Func<Caller, TRequest, ValueTask<Outcome<ReadAnswer>>> read)
    : ReadSpec<TRequest>(name, summary, answerType)
    where TRequest : class, IReadRequest
{
    public override ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, object request) =>
        read(caller, (TRequest)request);
}
