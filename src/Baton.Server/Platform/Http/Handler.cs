using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Http;

/// <summary>Answers a call, or returns the failure that the edge then answers.</summary>
internal delegate ValueTask<Failure?> Handler(HttpCall call);
