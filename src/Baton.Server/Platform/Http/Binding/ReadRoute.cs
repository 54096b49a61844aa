using System.IO.Pipelines;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>
/// What HTTP makes of a read: its route's spec, all of it from what the read declares, and its answers.
/// </summary>
internal static class ReadRoute
{
    const string Json = "application/json";
    const string LinesOfJson = "application/x-ndjson";

    public static RouteSpec SpecOf(ReadSpec read, ReadBinder binder, IPathReader? reader)
    {
        var spec = RequestRoute.SpecOf(read, binder, reader, [.. AnswersOf(read)]);
        if (read.Known is { } known)
            spec = spec with
            {
                Headers =
                [
                    .. spec.Headers,
                    new("If-None-Match", "string", known) { Pattern = Precondition.KnownPattern },
                ],
            };
        if (read.After is not { } after) return spec;
        return spec with
        {
            Query = [.. spec.Query, ResumePoint.ParameterOf(after)],
            Headers = [.. spec.Headers, ResumePoint.HeaderOf(after)],
        };
    }

    /// <summary>Does what a call asks for: follows, or reads and answers.</summary>
    public static async ValueTask<Failure?> AnswerAsync(HttpCall call, ReadSpec read, ReadBinder binder)
    {
        var isFollowed = IsFollowed(call, read);
        var known = isFollowed || read.Known is null
            ? null
            : Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        var request = await binder.ReadAsync(call, isFollowed);
        if (request.Failure is { } wrong) return wrong;
        if (isFollowed)
            return await SseStream.FollowAsync(call, await read.FollowAsync(call.Caller, request.Value!));
        if (IsForLines(call, read) && read.CanBeLines(request.Value!))
            return await WriteLinesAsync(call, read, request.Value!);
        var found = await read.ReadAsync(call.Caller, request.Value!);
        if (found.Failure is { } failure) return failure;
        await AnswerAsync(call, found.Value!, known);
        return null;
    }

    /// <summary>Whether the caller wants events rather than an answer.</summary>
    static bool IsFollowed(HttpCall call, ReadSpec read) => read.EventType is not null && (read switch
    {
        { AnswerType: null, ContentType: ReadSpec.AnyType } => SseStream.IsWanted(call.Http.Request),
        { Lines: null } => SseStream.IsWanted(call.Http.Request, Json),
        _ => SseStream.IsWanted(call.Http.Request, Json, LinesOfJson),
    });

    static bool IsForLines(HttpCall call, ReadSpec read) =>
        read.Lines is not null && Accept.Prefers(call.Http.Request, LinesOfJson, Json);

    static async ValueTask<Failure?> WriteLinesAsync(HttpCall call, ReadSpec read, object request)
    {
        var failure = await read.WriteLinesAsync(call.Caller, request, () => BeginLines(call));
        if (failure is null || !call.Http.Response.HasStarted) return failure;
        // The connection is broken off, which the reader notices. A short answer would be taken for the whole.
        call.Http.Abort();
        return null;
    }

    static PipeWriter? BeginLines(HttpCall call)
    {
        call.Answer(StatusCodes.Status200OK);
        call.Http.Response.ContentType = LinesOfJson;
        call.Http.Response.Headers.CacheControl = CacheRules.Streamed;
        return HttpMethods.IsHead(call.Http.Request.Method) ? null : call.Http.Response.BodyWriter;
    }

    static async ValueTask AnswerAsync(HttpCall call, ReadAnswer answer, long? known)
    {
        call.SetVersion(answer.Version);
        if (answer.IsOver) call.Answer(StatusCodes.Status204NoContent);
        else if (known is not null && (known == answer.Version || known == Precondition.AnyVersion))
            call.Answer(StatusCodes.Status304NotModified);
        else
        {
            if (answer.Authorship is { } authorship) Tell(call, authorship);
            if (answer.Value is { } value) await call.AnswerAsync(value);
            else await call.AnswerAsync(answer.Bytes, answer.ContentType);
        }
    }

    static void Tell(HttpCall call, Authorship authorship)
    {
        var headers = call.Http.Response.Headers;
        headers["Baton-Updated-By"] = authorship.By;
        headers["Baton-Updated-At"] = Micros.ToText(authorship.At);
        if (authorship.ExpiresAt is { } expires) headers["Baton-Expires-At"] = Micros.ToText(expires);
        // The bytes come from the writer, so no browser may guess another type, or take them for a page of this origin.
        headers.XContentTypeOptions = "nosniff";
        if (authorship.IsAnyType) headers.ContentSecurityPolicy = "sandbox";
    }

    static IEnumerable<AnswerSpec> AnswersOf(ReadSpec read)
    {
        string[] headers = read.HasVersion ? ["Baton-Seq", "ETag"] : ["Baton-Seq"];
        yield return new AnswerSpec(200, read.AnswerType, read.Found)
        {
            OtherType = read.OtherAnswerType,
            ContentType = read.ContentType,
            Headers = read.ContentType is null ? headers : [.. headers, .. HeadersOfBytes(read.ContentType)],
            OptionalHeaders = read.ContentType is null ? [] : ["Baton-Expires-At"],
        };
        if (read.Lines is { } lines)
            yield return new AnswerSpec(200, Type: null, lines)
            {
                ContentType = LinesOfJson,
                Headers = ["Baton-Seq"],
            };
        if (read.EventType is { } type)
            yield return new AnswerSpec(200, Type: null, read.Events)
            {
                ContentType = SseStream.MediaType,
                Headers = ["Baton-Seq"],
                EventType = type,
            };
        if (read.Nothing is { } nothing)
            yield return new AnswerSpec(204, Type: null, nothing)
            {
                Headers = ["Baton-Seq"],
                OptionalHeaders = read.HasVersion ? ["ETag"] : [],
            };
        if (read.Known is not null)
            yield return new AnswerSpec(304, Type: null, read.Unchanged) { Headers = headers };
    }

    static string[] HeadersOfBytes(string contentType)
    {
        string[] headers = ["Baton-Updated-By", "Baton-Updated-At", "X-Content-Type-Options"];
        return contentType == ReadSpec.AnyType ? [.. headers, "Content-Security-Policy"] : headers;
    }
}
