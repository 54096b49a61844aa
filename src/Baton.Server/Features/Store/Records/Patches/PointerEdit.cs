using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.JsonSchema.Values;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Records.Patches;

/// <summary>
/// Changes at JSON pointers: first all of `set`, then `increment`, then `append`, each in the order of the request.
/// </summary>
internal sealed class PointerEdit : RecordEdit
{
    /// <summary>RFC 6901, section 4: the place after the last item of an array, where `set` puts one more.</summary>
    const string AfterLast = "-";

    readonly List<Step> _steps = [];

    PointerEdit(byte[]? initial) => Initial = initial;

    protected override byte[]? Initial { get; }

    /// <summary>The changes of a request; what is wrong with them is noted.</summary>
    public static PointerEdit Of(PointerChanges request, InputErrors errors)
    {
        var edit = new PointerEdit(
            request.Init is { } init ? Checked(init, "/init", errors) : null);
        edit.Add("set", Put, request.Set, errors);
        edit.Add("increment", Increment, request.Increment, errors);
        edit.Add("append", Append, request.Append, errors);
        if (edit._steps.Count == 0 && !errors.Any)
            errors.Add("", "Nothing is to be changed: give `increment`, `append` or `set`.");
        if (edit._steps.Count > StoreOptions.MaxChanges)
            errors.Add("", $"There are {edit._steps.Count} changes; {StoreOptions.MaxChanges} is the most.");
        return edit;
    }

    protected override Failure? Change(ref EditableJson root)
    {
        foreach (var step in _steps)
        {
            if (step.Apply(ref root) is { } failure) return failure;
        }

        return null;
    }

    void Add(
        string verb, Verb change, IReadOnlyDictionary<string, JsonElement>? changes, InputErrors errors)
    {
        if (changes is null) return;
        foreach (var (text, value) in changes)
        {
            var place = $"/{verb}/{JsonPointer.Escape(text)}";
            if (JsonPointer.Parse(text) is not { } parts)
            {
                errors.Add(place, "The name must be a JSON pointer, such as \"/completed\", or \"\" for the whole.");
                continue;
            }

            var bytes = Checked(value, place, errors);
            if (change == Increment && !(value.ValueKind == JsonValueKind.Number && ExactNumber.IsInRange(bytes)))
                errors.Add(
                    place, $"What is to be added must be a number of at most {ExactNumber.MaxDigits} digits.");
            _steps.Add(new Step(text, parts, change, bytes));
        }
    }

    static byte[] Checked(JsonElement value, string place, InputErrors errors)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(value).ToArray();
        if (JsonValues.Check(bytes) is { } fault)
            errors.Add(ErrorCodes.RequestInvalidJson, place + fault.Pointer, fault.Message);
        return bytes;
    }

    static Outcome<EditableJson> Put(EditableJson? present, byte[] value, Step step) => EditableJson.Of(value);

    static Outcome<EditableJson> Increment(EditableJson? present, byte[] by, Step step)
    {
        if (present is null) return EditableJson.Of(by);
        if (!present.IsNumber) return step.WrongType(present, "a number");
        return ExactNumber.Add(present.Raw.Span, by) is { } sum
            ? EditableJson.Of(sum)
            : step.Refuse($"The number at {step.Shown} would have more than {ExactNumber.MaxDigits} digits.");
    }

    static Outcome<EditableJson> Append(EditableJson? present, byte[] item, Step step)
    {
        var array = present ?? EditableJson.EmptyArray();
        if (!array.IsArray) return step.WrongType(array, "an array");
        array.Append(EditableJson.Of(item));
        return array;
    }

    delegate Outcome<EditableJson> Verb(EditableJson? present, byte[] value, Step step);

    /// <summary>One change at one place.</summary>
    sealed class Step(string text, string[] parts, Verb change, byte[] value)
    {
        public string Shown => text.Length == 0 ? "the whole value" : text;

        public Failure? Apply(ref EditableJson root)
        {
            if (parts.Length == 0)
            {
                var whole = change(root, value, this);
                if (whole.Failure is null) root = whole.Value!;
                return whole.Failure;
            }

            var parent = root;
            for (var at = 0; at < parts.Length - 1; at++)
            {
                var child = parent.Child(parts[at]);
                if (child is null) return Refuse($"There is nothing at {JsonPointer.Of(parts[..(at + 1)])}.");
                parent = child;
            }

            return ApplyIn(parent, parts[^1]);
        }

        public Failure WrongType(EditableJson present, string wanted) =>
            Refuse($"At {Shown} is {present.Kind}, but must be {wanted}.");

        public Failure Refuse(string message) => new(ErrorCodes.StoreTypeMismatch, message)
        {
            Errors = [new ProblemItem(text, message)],
        };

        Failure? ApplyIn(EditableJson parent, string name)
        {
            var present = parent.Child(name);
            if (parent.IsArray && name == AfterLast && change == Put)
            {
                parent.Append(EditableJson.Of(value));
                return null;
            }

            if (present is null && !parent.IsObject)
                return Refuse(parent.IsArray
                    ? $"The array has {parent.Count} items, and no item {name}: `append` adds one."
                    : $"What is to have the member {name} is {parent.Kind}, but must be an object or an array.");
            var next = change(present, value, this);
            if (next.Failure is { } failure) return failure;
            if (parent.IsObject) parent.Set(name, next.Value!);
            else parent.SetItem(JsonPointer.IndexOf(name)!.Value, next.Value!);
            return null;
        }
    }
}
