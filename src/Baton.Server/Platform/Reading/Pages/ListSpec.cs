using System.Diagnostics.CodeAnalysis;
using Baton.Contracts;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Requests;

namespace Baton.Server.Platform.Reading.Pages;

/// <summary>A read of a list, a page at a time.</summary>
/// <param name="name">`stash.list`.</param>
/// <param name="summary">The first sentence.</param>
/// <param name="read">Reads a page.</param>
/// <param name="request">What is declared of its request, if features declare more than the record does.</param>
internal sealed class ListSpec<[DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest, TItem>(
    string name, string summary, Func<Caller, TRequest, ListPage, ValueTask<Outcome<Page<TItem>>>> read,
    RequestShape? request = null)
    : ReadSpec<TRequest>(name, summary, typeof(Page<TItem>), request)
    where TRequest : PageRequest
{
    public override async ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, object request)
    {
        var asked = (TRequest)request;
        var page = ListPage.Of(asked, Name, Within?.Invoke(asked) ?? "");
        if (page.Failure is { } wrong) return wrong;
        var found = await read(caller, asked, page.Value);
        return found.Failure is { } failure ? failure : ReadAnswer.Of(found.Value!);
    }
}
