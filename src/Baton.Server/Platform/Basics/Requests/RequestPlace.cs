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

    /// <summary>In the conditional headers, as the version that a thing must have.</summary>
    Conditions,

    /// <summary>As a member of the JSON body.</summary>
    Body,

    /// <summary>Nowhere: it is for JSON alone, and HTTP has the body itself for it.</summary>
    JsonOnly,
}
