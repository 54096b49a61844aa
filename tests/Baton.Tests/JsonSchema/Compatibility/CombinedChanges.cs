using static Baton.Tests.JsonSchema.Compatibility.Change;

namespace Baton.Tests.JsonSchema.Compatibility;

/// <summary>Changes of combinations, references and dialects.</summary>
internal static class CombinedChanges
{
    const string Draft7 = "'$schema':'http://json-schema.org/draft-07/schema#'";

    public static readonly Change[] Combinations =
    [
        Fits("a branch of anyOf is added", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "{'anyOf':[{'type':'string'},{'type':'null'},{'type':'integer'}]}"),
        Breaks("a branch of anyOf is removed", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "{'anyOf':[{'type':'string'}]}", "null"),
        Fits("a branch of anyOf is wider", "{'anyOf':[{'maximum':3,'type':'integer'},{'type':'null'}]}", "{'anyOf':[{'type':'null'},{'type':'integer'}]}"),
        Fits("types become anyOf", "{'type':['string','null']}", "{'anyOf':[{'type':'string'},{'type':'null'}]}"),
        Fits("anyOf becomes types", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "{'type':['string','null']}"),
        Fits("a value that no single branch holds alone", "{'type':'integer'}", "{'anyOf':[{'maximum':5},{'minimum':3}]}"),
        Breaks("a gap between branches", "{'type':'integer'}", "{'anyOf':[{'maximum':3},{'minimum':5}]}", "4"),
        Fits("anyOf of one", "{'anyOf':[{'type':'string'}]}", "{'type':'string'}"),
        Fits("enum becomes oneOf of const", "{'enum':['a','b']}", "{'oneOf':[{'const':'a'},{'const':'b'},{'const':'c'}]}"),
        Fits("allOf of one", "{'type':'string'}", "{'allOf':[{'type':'string'}]}"),
        Fits("allOf is merged", "{'allOf':[{'type':'string'},{'maxLength':3}]}", "{'type':'string','maxLength':4}"),
        Breaks("allOf grows", "{'allOf':[{'type':'string'}]}", "{'allOf':[{'type':'string'},{'maxLength':3}]}", "'abcd'"),
        Fits("allOf shrinks", "{'allOf':[{'type':'string'},{'maxLength':3}]}", "{'allOf':[{'type':'string'}]}"),
        Fits("allOf that contradicts itself", "{'allOf':[{'type':'string'},{'type':'null'}]}", "false"),
        Fits("oneOf stays", "{'oneOf':[{'minimum':3},{'maximum':5}]}", "{'oneOf':[{'maximum':5},{'minimum':3}]}"),
        Fits("a disjoint branch of oneOf is added", "{'oneOf':[{'type':'string'},{'type':'null'}]}", "{'oneOf':[{'type':'string'},{'type':'null'},{'type':'integer'}]}"),
        Breaks("an overlapping branch of oneOf is added", "{'oneOf':[{'type':'string'},{'type':'null'}]}", "{'oneOf':[{'type':'string'},{'type':'null'},{'maxLength':3}]}", "'a'"),
        Breaks("a branch of oneOf is removed", "{'oneOf':[{'type':'string'},{'type':'null'}]}", "{'oneOf':[{'type':'string'}]}", "null"),
        Fits("oneOf becomes anyOf", "{'oneOf':[{'minimum':3},{'maximum':5}]}", "{'anyOf':[{'minimum':3},{'maximum':5}]}"),
        Breaks("anyOf becomes oneOf", "{'anyOf':[{'minimum':3},{'maximum':5}]}", "{'oneOf':[{'minimum':3},{'maximum':5}]}", "4"),
        Fits("anyOf of disjoint branches becomes oneOf", "{'anyOf':[{'type':'string'},{'type':'null'}]}", "{'oneOf':[{'type':'string'},{'type':'null'}]}"),
        Fits("a branch with another tag is added to oneOf",
            "{'type':'object','required':['kind'],'oneOf':[{'properties':{'kind':{'const':'a'},'x':{'type':'string'}}},{'properties':{'kind':{'const':'b'}}}]}",
            "{'type':'object','required':['kind'],'oneOf':[{'properties':{'kind':{'const':'a'},'x':{'type':'string'}}},{'properties':{'kind':{'const':'b'}}},{'properties':{'kind':{'const':'c'}}}]}"),
        Unclear("patterns in oneOf", "{'type':'string','pattern':'^[ab]{9}$'}", "{'oneOf':[{'pattern':'^[ab]{9}$'},{'pattern':'^[cd]{9}$'}]}"),
        Fits("not of what is narrower", "{'not':{'type':'number'}}", "{'not':{'type':'integer'}}"),
        Breaks("not of what is wider", "{'not':{'type':'integer'}}", "{'not':{'type':'number'}}", "0.5"),
        Breaks("not is added", "{}", "{'not':{'type':'null'}}", "null"),
        Fits("not not", "{'type':'string'}", "{'not':{'not':{'type':'string'}}}"),
        Fits("not required", "{'not':{'required':['a']}}", "{'properties':{'a':{'type':'string'}}}"),
        Fits("if stays", "{'if':{'minimum':3},'then':{'multipleOf':2},'else':{'multipleOf':3}}", "{'if':{'minimum':3},'then':{'multipleOf':2},'else':{'multipleOf':3}}"),
        Fits("then is wider", "{'if':{'type':'string'},'then':{'maxLength':3}}", "{'if':{'type':'string'},'then':{'maxLength':4}}"),
        Breaks("then is narrower", "{'if':{'type':'string'},'then':{'maxLength':3}}", "{'if':{'type':'string'},'then':{'maxLength':2}}", "'abc'"),
        Fits("if with both branches fulfilled", "{'type':'integer'}", "{'if':{'minimum':3},'then':{'type':'number'},'else':{'type':'integer'}}"),
        Breaks("else is added", "{'type':'integer'}", "{'if':{'minimum':3},'else':{'minimum':1}}", "0"),
        Fits("then without if is nothing", "{}", "{'then':false,'else':false}"),
        Fits("if becomes anyOf", "{'if':{'type':'string'},'then':{'maxLength':3},'else':{'type':'null'}}", "{'anyOf':[{'type':'string','maxLength':3},{'type':'null'}]}"),
    ];

    public static readonly Change[] References =
    [
        Fits("a reference is written out", "{'$defs':{'a':{'type':'string'}},'$ref':'#/$defs/a'}", "{'type':'string'}"),
        Fits("what is written out becomes a reference", "{'properties':{'x':{'type':'string'}}}", "{'$defs':{'a':{'type':'string'}},'properties':{'x':{'$ref':'#/$defs/a'}}}"),
        Fits("a definition moves", "{'$defs':{'a':{'type':'string'}},'items':{'$ref':'#/$defs/a'}}", "{'$defs':{'b':{'$anchor':'b','type':'string'}},'items':{'$ref':'#b'}}"),
        Breaks("what is referred to narrows", "{'$defs':{'a':{'type':'number'}},'items':{'$ref':'#/$defs/a'}}", "{'$defs':{'a':{'type':'integer'}},'items':{'$ref':'#/$defs/a'}}", "[0.5]"),
        Fits("a list of lists stays", "{'type':'array','items':{'$ref':'#'}}", "{'items':{'$ref':'#'}}"),
        Fits("a recursive definition widens",
            "{'$defs':{'node':{'type':'object','required':['value'],'properties':{'value':{'type':'integer'},'next':{'$ref':'#/$defs/node'}},'additionalProperties':false}},'$ref':'#/$defs/node'}",
            "{'$defs':{'n':{'type':'object','properties':{'value':{'type':'number'},'next':{'$ref':'#/$defs/n'},'note':{'type':'string'}},'additionalProperties':false}},'$ref':'#/$defs/n'}"),
        Breaks("a recursive definition narrows deep inside",
            "{'properties':{'value':{'type':'number'},'next':{'$ref':'#'}}}",
            "{'properties':{'value':{'type':'number'},'next':{'$ref':'#/$defs/n'}},'$defs':{'n':{'properties':{'value':{'type':'integer'},'next':{'$ref':'#/$defs/n'}}}}}",
            "{'next':{'value':0.5}}"),
        Fits("two definitions that refer to each other",
            "{'$defs':{'a':{'items':{'$ref':'#/$defs/b'}},'b':{'type':'array','items':{'$ref':'#/$defs/a'}}},'$ref':'#/$defs/a'}",
            "{'$defs':{'a':{'items':{'$ref':'#/$defs/b'}},'b':{'items':{'$ref':'#/$defs/a'}}},'$ref':'#/$defs/a'}"),
        Fits("a definition that no document ends", "{'type':'object','required':['next'],'properties':{'next':{'$ref':'#'}}}", "{'type':'object','maxProperties':0}"),
        Breaks("members that are impossible only inside of each other",
            "{'$defs':{'x':{'type':'object','anyOf':[{'required':['y'],'properties':{'y':{'$ref':'#/$defs/y'}}},{'required':['z']}]},"
                + "'y':{'type':'object','required':['x'],'properties':{'x':{'$ref':'#/$defs/x'},'w':{'$ref':'#/$defs/w'}}},"
                + "'w':{'type':'object','required':['y'],'properties':{'y':{'$ref':'#/$defs/y'}}}},'type':'object',"
                + "'required':['p','w'],'properties':{'q':{'$ref':'#/$defs/y'},'p':{'$ref':'#/$defs/x'},'w':{'$ref':'#/$defs/w'}}}",
            "{'maxProperties':1}",
            "{'p':{'z':1},'w':{'y':{'x':{'z':1}}}}"),
        Fits("siblings of a reference count", "{'$defs':{'a':{'type':'string'}},'$ref':'#/$defs/a','maxLength':3}", "{'type':'string','maxLength':3}"),
        Fits("a dynamic reference in one resource is a reference",
            "{'$dynamicAnchor':'t','type':'object','properties':{'c':{'$dynamicRef':'#t'}}}", "{'type':'object','properties':{'c':{'$ref':'#'}}}"),
        Unclear("a dynamic reference among resources",
            "{'$id':'https://example.org/a','$dynamicAnchor':'t','properties':{'c':{'$dynamicRef':'#t'}},'$defs':{'x':{'$id':'b','$dynamicAnchor':'t'}}}",
            "{'$id':'https://example.org/a','$dynamicAnchor':'t','properties':{'c':{'$dynamicRef':'#t'}},'minProperties':0,'$defs':{'x':{'$id':'c','$dynamicAnchor':'t'}}}"),
    ];

    public static readonly Change[] Dialects =
    [
        Fits("items becomes prefixItems", $"{{{Draft7},'items':[{{'type':'string'}}],'additionalItems':false}}", "{'prefixItems':[{'type':'string'}],'items':false}"),
        Fits("prefixItems becomes items", "{'prefixItems':[{'type':'string'}],'items':{'type':'null'}}", $"{{{Draft7},'items':[{{'type':'string'}}],'additionalItems':{{'type':'null'}}}}"),
        Fits("additionalItems without a list is nothing", "{}", $"{{{Draft7},'additionalItems':false}}"),
        Breaks("additionalItems narrows", $"{{{Draft7},'items':[{{}}]}}", $"{{{Draft7},'items':[{{}}],'additionalItems':false}}", "[1,2]"),
        Fits("dependencies become dependentRequired", $"{{{Draft7},'dependencies':{{'a':['b'],'c':{{'minProperties':2}}}}}}", "{'dependentRequired':{'a':['b']},'dependentSchemas':{'c':{'minProperties':2}}}"),
        Fits("definitions become $defs", $"{{{Draft7},'definitions':{{'a':{{'type':'string'}}}},'items':{{'$ref':'#/definitions/a'}}}}", "{'$defs':{'a':{'type':'string'}},'items':{'$ref':'#/$defs/a'}}"),
        Breaks("draft 7 ignores what stands beside $ref",
            $"{{{Draft7},'definitions':{{'a':{{'type':'string'}}}},'items':{{'$ref':'#/definitions/a','maxLength':1}}}}",
            "{'$defs':{'a':{'type':'string'}},'items':{'$ref':'#/$defs/a','maxLength':1}}", "['ab']"),
        Fits("draft 7 knows no minContains", $"{{{Draft7},'contains':{{'type':'string'}},'minContains':2}}", $"{{{Draft7},'contains':{{'type':'string'}},'minContains':3}}"),
        Fits("draft 7 knows no unevaluatedProperties", $"{{{Draft7}}}", $"{{{Draft7},'unevaluatedProperties':false,'dependentRequired':{{'a':['b']}}}}"),
        Breaks("a keyword that draft 2020-12 knows",
            $"{{{Draft7},'type':'object','dependentRequired':{{'a':['b']}}}}", "{'type':'object','dependentRequired':{'a':['b']}}", "{'a':1}"),
    ];
}
