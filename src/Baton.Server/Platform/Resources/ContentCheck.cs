using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Resources;

/// <summary>What is wrong, in words, at most a hundred of it; nothing when all is well. Changes nothing.</summary>
internal delegate ValueTask<List<string>> ContentCheck(IDatabase database, CancellationToken cancellation);
