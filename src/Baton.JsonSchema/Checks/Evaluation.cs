using System.Runtime.CompilerServices;
using Baton.JsonSchema.Documents;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Checks;

/// <summary>
/// One pass of a schema over a document. The first pass only answers yes or no and stops at the first no; if that is
/// the answer, a second one collects. What bounds the work is counted here.
/// </summary>
internal ref struct Evaluation
{
    const int BytesPerCheck = 16;

    /// <summary>
    /// The rest of the stack is checked once in so many levels: the check asks for far more than these levels take.
    /// </summary>
    const int StackCheckInterval = 16;

    readonly ViolationList? _collected;
    readonly int _maxDepth;
    long _checksLeft;
    int _depth;
    ResourceScope? _scope;

    public Evaluation(JsonView document, SchemaSettings settings, ViolationList? violations)
    {
        Document = document;
        Violations = _collected = violations;
        _maxDepth = settings.MaxEvaluationDepth;
        var mebibytes = document.Text.Length / (double)(1 << 20);
        PatternTimeLeft = settings.PatternBudget + settings.PatternBudgetPerMebibyte * mebibytes;
        var forTokens = settings.MaxChecksPerToken * document.Tokens.Length;
        var forText = settings.MaxChecksPerByte * document.Text.Length;
        _checksLeft = Math.Min(settings.MaxChecks + forTokens + forText, settings.MaxChecksEver);
    }

    /// <summary>It is a field and no property, so that a look at a token copies no spans.</summary>
    public readonly JsonView Document;

    /// <summary>Null in a pass, or a part of one, where only the answer counts.</summary>
    public ViolationList? Violations { get; set; }

    /// <summary>
    /// Whether to go on after a check has failed: only in a pass that collects, and while there is room for more.
    /// </summary>
    public readonly bool Collects => Violations is { IsFull: false } && Refused is null;

    /// <summary>Why the pass was given up; its answer counts for nothing then.</summary>
    public (int Token, string Keyword, string Message)? Refused { get; private set; }

    /// <summary>The time that patterns may still take.</summary>
    public TimeSpan PatternTimeLeft { get; set; }

    /// <summary>How many explanations of alternatives are under way inside of each other.</summary>
    public int Explanations { get; set; }

    /// <summary>The schema resources that the evaluation is in, for dynamic references.</summary>
    public readonly ResourceScope? Scope => _scope;

    /// <summary>Begins a schema at a value. False when the pass has to be given up.</summary>
    public bool Enter(int token)
    {
        if (--_checksLeft < 0) return GiveUp(token);
        var isDue = ++_depth % StackCheckInterval == 0;
        if (_depth <= _maxDepth && (!isDue || RuntimeHelpers.TryEnsureSufficientExecutionStack())) return true;
        Refuse(
            token,
            "depth",
            "Schemas refer to each other too deeply here: make the document flatter, or the schema simpler.");
        return false;
    }

    public void Leave() => _depth--;

    /// <summary>Counts more work than one check. False when the pass has to be given up.</summary>
    public bool Spend(int token, long checks)
    {
        _checksLeft -= checks;
        return _checksLeft >= 0 || GiveUp(token);
    }

    /// <summary>Counts the matching of a text.</summary>
    public bool SpendText(int token, long bytes) => Spend(token, 1 + bytes / BytesPerCheck);

    /// <summary>Begins a schema of another resource; the caller puts the former scope back.</summary>
    public ResourceScope? EnterScope(SchemaResource resource)
    {
        var former = _scope;
        if (former?.Resource != resource) _scope = new ResourceScope(resource, former);
        return former;
    }

    public void LeaveScope(ResourceScope? former) => _scope = former;

    /// <summary>Gives the whole pass up: from here on nothing can be entered or spent.</summary>
    public void Refuse(int token, string keyword, string message)
    {
        Refused ??= (token, keyword, message);
        _checksLeft = -1;
        _collected?.Close();
    }

    bool GiveUp(int token)
    {
        Refuse(
            token,
            "budget",
            "Checking this document takes more work than is allowed for its size: "
            + "simplify the schema (fewer alternatives in each other), or split the document.");
        return false;
    }
}

/// <summary>The resources on the way to a schema, the innermost first.</summary>
internal sealed record ResourceScope(SchemaResource Resource, ResourceScope? Outer);
