using Baton.JsonSchema.Compatibility;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>What a refusal tells, and what other documents have to do with it.</summary>
public sealed class VerdictTests
{
    const string Outside = "https://example.org/money";

    [Theory]
    [InlineData("{}", "{'type':'string'}", "/type")]
    [InlineData("{'type':'object'}", "{'type':'object','required':['a/b']}", "/required")]
    [InlineData("{}", "{'properties':{'a/b':{'items':{'maximum':3}}}}", "/properties/a~1b/items/maximum")]
    [InlineData("{'prefixItems':[{},{'type':'number'}]}", "{'prefixItems':[{},{'type':'integer'}]}", "/prefixItems/1/type")]
    [InlineData("{'properties':{'a':{},'b':{}},'additionalProperties':false}", "{'properties':{'a':{}},'additionalProperties':false}", "/additionalProperties")]
    [InlineData("{'properties':{'a':{}}}", "{'properties':{'a':false}}", "/properties/a")]
    [InlineData("{'type':'integer'}", "{'allOf':[{'type':'integer'},{'minimum':0}]}", "/allOf/1/minimum")]
    [InlineData("{'type':'integer'}", "{'anyOf':[{'minimum':0},{'maximum':-2}]}", "/anyOf")]
    [InlineData("{'type':'integer'}", "{'$ref':'#/$defs/n','$defs':{'n':{'maximum':5}}}", "/$defs/n/maximum")]
    [InlineData("{'type':'integer'}", "false", "")]
    [InlineData("{'pattern':'^[a-c]{9}$'}", "{'minLength':0,'type':['string','null','boolean','number','array','object'],'pattern':'^[a-d]{9}$'}", "/pattern")]
    public void Pointer_OfARefusal_LeadsToWhatRefuses(string older, string newer, string pointer)
    {
        var verdict = Compare(older, newer);
        Assert.False(verdict.IsCompatible);
        Assert.Equal(pointer, verdict.Pointer);
    }

    [Fact]
    public void Reason_OfAMemberThatAnOpenObjectGets_SaysHowToMendIt()
    {
        var verdict = Compare("{'type':'object'}", "{'type':'object','properties':{'b':{'type':'integer'}}}");
        Assert.Equal("/properties/b/type", verdict.Pointer);
        Assert.Contains("\"b\"", verdict.Reason);
        Assert.Contains("\"additionalProperties\": false", verdict.Reason);
        Assert.Contains("without constraints", verdict.Reason);
        Assert.Contains("compatibility \"none\"", verdict.Reason);
        Assert.Contains(verdict.Witness!, verdict.Reason);
    }

    [Fact]
    public void Reason_OfAMemberThatWasConstrained_SaysNothingOfOpenObjects()
    {
        var verdict = Compare("{'properties':{'b':{'type':'number'}}}", "{'properties':{'b':{'type':'integer'}}}");
        Assert.DoesNotContain("additionalProperties", verdict.Reason);
        Assert.Contains("{\"b\":", verdict.Reason);
    }

    [Fact]
    public void Reason_OfALongWitness_IsShort()
    {
        var verdict = Compare("{'type':'string','minLength':4000}", "{'type':'string','maxLength':3000}");
        Assert.Equal(CompatibilityOutcome.Incompatible, verdict.Outcome);
        Assert.InRange(verdict.Reason!.Length, 1, 600);
    }

    [Fact]
    public void Compare_WithAnotherDocumentThatStays_Accepts()
    {
        var verdict = Compare(
            $"{{'properties':{{'price':{{'$ref':'{Outside}'}}}},'additionalProperties':false}}",
            $"{{'properties':{{'price':{{'$ref':'{Outside}'}},'note':{{'type':'string'}}}},'additionalProperties':false}}");
        Assert.True(verdict.IsCompatible, verdict.Reason);
    }

    [Fact]
    public void Compare_WithAnotherDocumentWrittenOut_Accepts()
    {
        var verdict = Compare($"{{'items':{{'$ref':'{Outside}'}}}}", "{'items':{'type':['integer','number']}}");
        Assert.True(verdict.IsCompatible, verdict.Reason);
    }

    [Fact]
    public void Pointer_IntoAnotherDocument_IsTheReferenceToIt()
    {
        var verdict = Compare("{'items':{'type':['integer','string']}}", $"{{'items':{{'$ref':'{Outside}'}}}}");
        Assert.Equal(CompatibilityOutcome.Incompatible, verdict.Outcome);
        Assert.Equal("/items", verdict.Pointer);
    }

    [Fact]
    public void Compare_WithTheMetaSchemaThatStays_Accepts()
    {
        const string meta = "'$ref':'https://json-schema.org/draft/2020-12/schema'";
        var verdict = Compare($"{{{meta}}}", $"{{{meta},'title':'A schema','minProperties':0}}");
        Assert.True(verdict.IsCompatible, verdict.Reason);
    }

    [Fact]
    public void Compare_WithTheMetaSchemaThatIsRedirected_IsUndecided()
    {
        const string meta = "'$ref':'https://json-schema.org/draft/2020-12/schema'";
        var verdict = Compare($"{{{meta}}}", $"{{{meta},'$id':'https://example.org/mine','$dynamicAnchor':'meta','type':'object'}}");
        Assert.False(verdict.IsCompatible);
    }

    [Fact]
    public void Compare_WithAnotherDocumentThatIsRedirected_DoesNotTakeItForTheSame()
    {
        const string list = "https://example.org/list";
        byte[]? Registered(string address) => address == list
            ? Change.Json($"{{'$id':'{list}','items':{{'$dynamicRef':'#item'}},'$defs':{{'any':{{'$dynamicAnchor':'item'}}}}}}")
            : null;
        var verdict = SchemaCompatibility.Compare(
            Change.Json($"{{'$id':'https://example.org/a','$ref':'{list}'}}"),
            Change.Json($"{{'$id':'https://example.org/a','$ref':'{list}','$defs':{{'s':{{'$dynamicAnchor':'item','type':'string'}}}}}}"),
            Registered);
        Assert.False(verdict.IsCompatible);
    }

    [Fact]
    public void Compare_WithAnotherDocumentThatRefersBack_DoesNotTakeItForTheSame()
    {
        const string list = "https://example.org/list";
        byte[]? Registered(string address) => address == list ? Change.Json("{'items':{'$ref':'https://example.org/a#/$defs/x'}}") : null;
        var verdict = SchemaCompatibility.Compare(
            Change.Json($"{{'$id':'https://example.org/a','$ref':'{list}','$defs':{{'x':{{'type':'number'}}}}}}"),
            Change.Json($"{{'$id':'https://example.org/a','$ref':'{list}','$defs':{{'x':{{'type':'integer'}}}}}}"),
            Registered);
        Assert.Equal(CompatibilityOutcome.Incompatible, verdict.Outcome);
    }

    [Fact]
    public void Compare_WithAPatternThatTakesTooLong_DoesNotTakeItForNoMatch()
    {
        var verdict = Compare($"{{'const':'{new string('a', 100)}b'}}", "{'not':{'pattern':'^(?=((a|aa)+)+$)'}}");
        Assert.False(verdict.IsCompatible);
    }

    static CompatibilityVerdict Compare(string older, string newer) => SchemaCompatibility.Compare(
        Change.Json(older),
        Change.Json(newer),
        address => address == Outside ? Change.Json("{'type':'number'}") : null);
}
