using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Http;

/// <summary>Answers a call, or gives the failure that the edge answers.</summary>
internal delegate ValueTask<Failure?> Handler(HttpCall call);
