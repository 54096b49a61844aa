using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests.Members;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>Makes the request of a read from a call. Made once for each route; safe for concurrent use.</summary>
internal sealed class ReadBinder(ReadSpec read, IPathReader? reader = null) : RequestBinder(read, reader)
{
    /// <summary>Where a reader who follows begins.</summary>
    readonly RequestMember? _after = read.After;

    // Made once, because each request asks them.
    readonly Action<object, InputErrors> _check = read.CheckOutside;
    readonly Action<object, InputErrors> _checkRead = read.CheckRead;

    /// <summary>
    /// The request. All that is wrong outside of the body is told at once, and before it is read; then all that is
    /// wrong in it.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="isFollowed">Whether the caller wants events.</param>
    public ValueTask<Outcome<object>> ReadAsync(HttpCall call, bool isFollowed)
    {
        var request = call.RequestOf(this);
        ReadOutside(call, request);
        CheckOutside(call, request, _check);
        if (!isFollowed) CheckOutside(call, request, _checkRead);
        if (_after is not null) ReadResumePoint(call, request, isFollowed);
        if (call.Errors.Any) return new(call.Errors.ToFailure());
        // Most reads have no body, and are bound without waiting.
        return HasBody ? ReadBodyOfAsync(call, request) : new(Outcome.Of(request));
    }

    async ValueTask<Outcome<object>> ReadBodyOfAsync(HttpCall call, object request)
    {
        var body = await ReadBodyAsync(call, request);
        if (body.Failure is not null) return body;
        var errors = new InputErrors();
        read.Request.CheckBody(body.Value!, errors);
        return errors.Any ? Translate(errors.ToFailure()) : body;
    }

    /// <summary>An event source that comes back says by other means what `after` is.</summary>
    void ReadResumePoint(HttpCall call, object request, bool isFollowed)
    {
        if (!isFollowed) ResumePoint.CheckAbsent(call);
        else if (ResumePoint.Find(call) is { } point
            && (_after!.SetText(request, point.Text) ?? _after.Check(request)) is { } wrong)
            point.Refuse(call, wrong);
    }
}
