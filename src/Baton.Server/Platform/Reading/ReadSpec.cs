using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Following;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// All that is known of one kind of read besides its request. Its name is the action by which access is asked of all
/// that it shows.
/// </summary>
/// <param name="name">`stash.read`: unique.</param>
/// <param name="summary">The first sentence, shared by the SDKs, the CLI and the tools.</param>
/// <param name="request">What is declared of its request.</param>
/// <param name="answerType">The wire record of its answer; null: bytes that a caller wrote.</param>
internal abstract class ReadSpec(string name, string summary, RequestShape request, Type? answerType)
    : RequestSpec(name, summary, request)
{
    /// <summary>The media type of what can be of any: what a caller wrote says it itself.</summary>
    public const string AnyType = "*/*";

    public Type? AnswerType => answerType;

    /// <summary>Another wire record that the answer can be; null: none.</summary>
    public Type? OtherAnswerType { get; init; }

    /// <summary>What the answer is, as a sentence.</summary>
    public required string Found { get; init; }

    /// <summary>The media type of bytes that a caller wrote; null: the answer is a wire record.</summary>
    public string? ContentType { get; init; }

    /// <summary>When there is no answer, as a sentence; null: there always is one, or a failure.</summary>
    public string? Nothing { get; init; }

    /// <summary>What the version is that a caller may have, as a sentence; null: it is not asked.</summary>
    public string? Known { get; init; }

    /// <summary>That the caller has the newest version, as a sentence.</summary>
    public string Unchanged { get; init; } = "The caller has the newest version.";

    /// <summary>
    /// What the lines are, where all of it can be had as lines of JSON, as a sentence; null: it cannot.
    /// </summary>
    public string? Lines { get; init; }

    /// <summary>The wire record of each event, where the thing can be followed; null: it cannot.</summary>
    public Type? EventType { get; init; }

    /// <summary>The member that says where a reader who follows begins; null: there is nothing to follow.</summary>
    public RequestMember? After =>
        EventType is null ? null : Request.Members.Single(member => member.Name == "after");

    /// <summary>What the events are, as a sentence.</summary>
    public string Events { get; init; } = "The changes as they come.";

    /// <summary>
    /// What <see cref="RequestSpec.CheckOutside"/> leaves, because it is wrong only in a request that is not followed.
    /// </summary>
    public abstract void CheckRead(object request, InputErrors errors);

    /// <summary>Reads. The request was checked.</summary>
    public abstract ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, object request);

    /// <summary>Whether this request can be answered as <see cref="Lines"/>.</summary>
    public abstract bool CanBeLines(object request);

    /// <summary>Writes all of it as <see cref="Lines"/>. The request was checked.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="begin">
    /// Begins the answer, once, when <see cref="Caller.Seq"/> is known. What it gives takes the lines; null: only the
    /// beginning was asked for.
    /// </param>
    /// <returns>
    /// Why not all was written. After <paramref name="begin"/> what was written so far is not the whole, and whoever
    /// takes it must be able to tell.
    /// </returns>
    public abstract ValueTask<Failure?> WriteLinesAsync(Caller caller, object request, Func<PipeWriter?> begin);

    /// <summary>Follows what changes, where there is an <see cref="EventType"/>. The request was checked.</summary>
    public abstract ValueTask<Outcome<SseSource>> FollowAsync(Caller caller, object request);
}

/// <inheritdoc/>
internal abstract class ReadSpec<[DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(
    string name, string summary, Type? answerType, RequestShape? request = null)
    : ReadSpec(name, summary, request ?? RequestShape.Of<TRequest>(), answerType)
    where TRequest : class, IReadRequest
{
    /// <summary>What a request is about; null: the workspace.</summary>
    public Func<TRequest, Actor, string>? Resource { get; init; }

    /// <summary>What <see cref="RequestSpec.CheckOutside"/> asks; null: attributes say it all.</summary>
    public Action<TRequest, InputErrors>? Check { get; init; }

    /// <summary>What <see cref="ReadSpec.CheckRead"/> asks; null: nothing.</summary>
    public Action<TRequest, InputErrors>? CheckIfRead { get; init; }

    /// <summary>What a list is narrowed to: no other takes its cursors. Null: nothing.</summary>
    public Func<TRequest, string>? Within { get; init; }

    /// <summary>Follows; null: it cannot be followed.</summary>
    public Func<Caller, TRequest, ValueTask<Outcome<SseSource>>>? Follow { get; init; }

    /// <summary>Writes the lines; null: they cannot be had.</summary>
    public Func<Caller, TRequest, Func<PipeWriter?>, ValueTask<Failure?>>? WriteLines { get; init; }

    /// <summary>Which requests can be answered as lines; null: all, where any can.</summary>
    public Func<TRequest, bool>? IsForLines { get; init; }

    public override bool NamesItsThing => Resource is not null;

    public override string ResourceOf(object request, Actor actor) =>
        Resource is null ? WorkspaceRow.ResourceOf(actor.WorkspaceId) : Resource((TRequest)request, actor);

    public override void CheckOutside(object request, InputErrors errors) => Check?.Invoke((TRequest)request, errors);

    public override void CheckRead(object request, InputErrors errors)
    {
        var asked = (TRequest)request;
        if (asked is PageRequest { Cursor: { } cursor } page && CursorFormAttribute.IsCursor(cursor)
            && ListPage.Of(page, Name, Within?.Invoke(asked) ?? "").Failure is { } wrong)
            errors.AddAll(wrong, place => place);
        CheckIfRead?.Invoke(asked, errors);
    }

    public override bool CanBeLines(object request) =>
        WriteLines is not null && IsForLines?.Invoke((TRequest)request) != false;

    public override ValueTask<Failure?> WriteLinesAsync(Caller caller, object request, Func<PipeWriter?> begin) =>
        WriteLines!(caller, (TRequest)request, begin);

    public override ValueTask<Outcome<SseSource>> FollowAsync(Caller caller, object request) =>
        Follow!(caller, (TRequest)request);
}

/// <summary>A read whose answer is a wire record.</summary>
/// <param name="name">`stash.list`.</param>
/// <param name="summary">The first sentence.</param>
/// <param name="read">Reads.</param>
internal sealed class ReadSpec<
    [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest, TAnswer>(
    string name, string summary, Func<Caller, TRequest, ValueTask<Outcome<TAnswer>>> read)
    : ReadSpec<TRequest>(name, summary, typeof(TAnswer))
    where TRequest : class, IReadRequest
    where TAnswer : notnull
{
    public override async ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, object request)
    {
        var found = await read(caller, (TRequest)request);
        return found.Failure is { } failure ? failure : ReadAnswer.Of(found.Value!);
    }
}
