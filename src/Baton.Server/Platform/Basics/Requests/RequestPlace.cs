namespace Baton.Server.Platform.Basics.Requests;

/// <summary>Where HTTP carries a member of a request.</summary>
internal enum RequestPlace
{
    /// <summary>In the path.</summary>
    Path,

    /// <summary>In the query.</summary>
    Query,

    /// <summary>In a header.</summary>
    Header,

    /// <summary>
    /// In the conditional headers `If-Match` and `If-None-Match`, as the version that a thing must have.
    /// </summary>
    Conditions,

    /// <summary>As a member of the JSON body.</summary>
    Body,

    /// <summary>
    /// Nowhere. The member is for requests in JSON alone, and over HTTP the body itself stands for it.
    /// </summary>
    JsonOnly,
}
