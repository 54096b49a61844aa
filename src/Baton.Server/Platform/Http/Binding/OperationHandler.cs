using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Http.Binding;

/// <summary>Does the operation that a call asks for and answers it, or gives the failure to answer.</summary>
internal delegate ValueTask<Failure?> OperationHandler(HttpCall call, Operation operation);
