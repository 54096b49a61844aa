using System.Text.Json;

namespace Baton.Tests.JsonSchema.Formats;

/// <summary>Each asserted format, with what it allows and what it does not.</summary>
public sealed class StringFormatTests
{
    [Theory]
    [InlineData("1963-06-19T08:30:06.283185Z")]
    [InlineData("1963-06-19T08:30:06Z")]
    [InlineData("1963-06-19t08:30:06.283185z")]
    [InlineData("1937-01-01T12:00:27.87+00:20")]
    [InlineData("1990-12-31T15:59:50.123-08:00")]
    [InlineData("1998-12-31T23:59:60Z")]
    [InlineData("1998-12-31T15:59:60.123-08:00")]
    [InlineData("2000-02-29T00:00:00Z")]
    public void DateTime_OfRfc3339_IsValid(string text) => Valid("date-time", text);

    [Theory]
    [InlineData("1998-12-31T23:59:61Z")]
    [InlineData("1998-12-31T23:58:60Z")]
    [InlineData("1998-12-31T22:59:60Z")]
    [InlineData("1990-02-31T15:59:59.123-08:00")]
    [InlineData("1990-12-31T15:59:59-24:00")]
    [InlineData("1963-06-19T08:30:06.28123+01:00Z")]
    [InlineData("06/19/1963 08:30:06 PST")]
    [InlineData("2013-350T01:01:01")]
    [InlineData("1963-6-19T08:30:06.283185Z")]
    [InlineData("1963-06-1T00:00:00Z")]
    [InlineData("1963-06-1৪T00:00:00Z")]
    [InlineData("1963-06-11T0৪:00:00Z")]
    [InlineData("2020-01-01T00:00:00")]
    [InlineData("2020-01-01 00:00:00Z")]
    [InlineData("2020-01-01T00:00:00.Z")]
    [InlineData("2100-02-29T00:00:00Z")]
    [InlineData("")]
    public void DateTime_OfAnotherShape_IsInvalid(string text) => Invalid("date-time", text);

    [Theory]
    [InlineData("1963-06-19")]
    [InlineData("2020-02-29")]
    [InlineData("0000-01-01")]
    public void Date_OfTheCalendar_IsValid(string text) => Valid("date", text);

    [Theory]
    [InlineData("2021-02-29")]
    [InlineData("2020-02-30")]
    [InlineData("2020-04-31")]
    [InlineData("2020-13-01")]
    [InlineData("2020-00-01")]
    [InlineData("2020-01-00")]
    [InlineData("2020-01-32")]
    [InlineData("1998-1-20")]
    [InlineData("2023-W01")]
    [InlineData("20230328")]
    [InlineData("1963-06-19Z")]
    public void Date_NotInTheCalendar_IsInvalid(string text) => Invalid("date", text);

    [Theory]
    [InlineData("08:30:06Z")]
    [InlineData("08:30:06.283185z")]
    [InlineData("08:30:06+00:20")]
    [InlineData("23:59:60Z")]
    [InlineData("23:59:60+00:00")]
    [InlineData("01:29:60+01:30")]
    [InlineData("23:29:60+23:30")]
    [InlineData("15:59:60-08:00")]
    [InlineData("00:29:60-23:30")]
    public void Time_OfRfc3339_IsValid(string text) => Valid("time", text);

    [Theory]
    [InlineData("008:030:006Z")]
    [InlineData("8:3:6Z")]
    [InlineData("22:59:60Z")]
    [InlineData("23:58:60Z")]
    [InlineData("23:59:60+01:00")]
    [InlineData("23:59:60+00:30")]
    [InlineData("24:00:00Z")]
    [InlineData("00:60:00Z")]
    [InlineData("00:00:61Z")]
    [InlineData("01:02:03+24:00")]
    [InlineData("01:02:03+00:60")]
    [InlineData("01:02:03Z+00:30")]
    [InlineData("08:30:06 PST")]
    [InlineData("12:00:00")]
    [InlineData("08:30:06#00:20")]
    [InlineData("ab:cd:efZ")]
    public void Time_OfAnotherShape_IsInvalid(string text) => Invalid("time", text);

    [Theory]
    [InlineData("P4DT12H30M5S")]
    [InlineData("P4Y")]
    [InlineData("P1M")]
    [InlineData("PT0S")]
    [InlineData("PT36H")]
    [InlineData("P1DT12H")]
    [InlineData("P2W")]
    [InlineData("P1Y0M1D")]
    [InlineData("PT1H0M30S")]
    [InlineData("P1MT30S")]
    public void Duration_OfRfc3339_IsValid(string text) => Valid("duration", text);

    [Theory]
    [InlineData("PT1D")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1YT")]
    [InlineData("P2D1Y")]
    [InlineData("P1D2H")]
    [InlineData("P2S")]
    [InlineData("P1Y2W")]
    [InlineData("P1")]
    [InlineData("4DT12H30M5S")]
    [InlineData("P১Y")]
    [InlineData("PT1.5S")]
    [InlineData("P1Y1D")]
    [InlineData("PT1H30S")]
    [InlineData("P1Y2DT3H")]
    public void Duration_OfAnotherShape_IsInvalid(string text) => Invalid("duration", text);

    [Theory]
    [InlineData("joe.bloggs@example.com")]
    [InlineData("te~st@example.com")]
    [InlineData("\"joe bloggs\"@example.com")]
    [InlineData("\"joe..bloggs\"@example.com")]
    [InlineData("\"joe@bloggs\"@example.com")]
    [InlineData("\"joe\\\"bloggs\"@example.com")]
    [InlineData("joe.bloggs@[127.0.0.1]")]
    [InlineData("joe.bloggs@[IPv6:::1]")]
    public void Email_OfRfc5321_IsValid(string text) => Valid("email", text);

    [Theory]
    [InlineData("2962")]
    [InlineData(".test@example.com")]
    [InlineData("test.@example.com")]
    [InlineData("te..st@example.com")]
    [InlineData("joe.bloggs@invalid=domain.com")]
    [InlineData("joe.bloggs@[127.0.0.300]")]
    [InlineData("user1@oceania.org, user2@oceania.org")]
    [InlineData("\"Winston Smith\" <winston.smith@recdep.minitrue>")]
    [InlineData("@example.com")]
    [InlineData("joe@")]
    [InlineData("joe@[")]
    [InlineData("\"joe@example.com")]
    public void Email_OfAnotherShape_IsInvalid(string text) => Invalid("email", text);

    [Theory]
    [InlineData("www.example.com")]
    [InlineData("xn--4gbwdl.xn--wgbh1c")]
    [InlineData("hostname")]
    [InlineData("h0stn4me")]
    [InlineData("1host")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk.com")]
    public void Hostname_OfRfc1123_IsValid(string text) => Valid("hostname", text);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-bad-host-name")]
    [InlineData("bad-")]
    [InlineData("not_a_valid_host_name")]
    [InlineData("a..b")]
    [InlineData("example.")]
    [InlineData("hóst")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.com")]
    public void Hostname_OfAnotherShape_IsInvalid(string text) => Invalid("hostname", text);

    [Theory]
    [InlineData("192.168.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    public void Ipv4_OfFourNumbers_IsValid(string text) => Valid("ipv4", text);

    [Theory]
    [InlineData("127.0.0.0.1")]
    [InlineData("256.256.256.256")]
    [InlineData("127.0")]
    [InlineData("0x7f000001")]
    [InlineData("087.10.0.1")]
    [InlineData("1২7.0.0.1")]
    [InlineData("192.168.1.0/24")]
    [InlineData("1.2.3.")]
    [InlineData("")]
    public void Ipv4_OfAnotherShape_IsInvalid(string text) => Invalid("ipv4", text);

    [Theory]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::abef")]
    [InlineData("2001:db8::1")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1::8")]
    [InlineData("d6::")]
    [InlineData("1:2::192.168.0.1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("1000:1000:1000:1000:1000:1000:255.255.255.255")]
    public void Ipv6_OfRfc4291_IsValid(string text) => Valid("ipv6", text);

    [Theory]
    [InlineData("12345::")]
    [InlineData("1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1")]
    [InlineData("::laptop")]
    [InlineData("::abcef")]
    [InlineData(":2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("1::d6::42")]
    [InlineData("1::2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:::8")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1")]
    [InlineData("127.0.0.1")]
    [InlineData("1:2:192.168.0.1")]
    [InlineData("1:2:3:4:1.2.3")]
    [InlineData("::192.168.0.1:1")]
    [InlineData("  ::1")]
    [InlineData("fe80::/64")]
    [InlineData("fe80::a%eth1")]
    [InlineData("1000:1000:1000:1000:1000:255.255.255.255")]
    [InlineData("100:100:100:100:100:100:255.255.255.255.255")]
    [InlineData("")]
    public void Ipv6_OfAnotherShape_IsInvalid(string text) => Invalid("ipv6", text);

    [Theory]
    [InlineData("http://foo.bar/?baz=qux#quux")]
    [InlineData("http://foo.com/blah_(wikipedia)_blah#cite-1")]
    [InlineData("http://foo.bar/?q=Test%20URL-encoded%20stuff")]
    [InlineData("http://xn--nw2a.xn--j6w193g/")]
    [InlineData("http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com")]
    [InlineData("http://223.255.255.254")]
    [InlineData("ftp://ftp.is.co.za/rfc/rfc1808.txt")]
    [InlineData("ldap://[2001:db8::7]/c=GB?objectClass?one")]
    [InlineData("http://[v1.fe80]/")]
    [InlineData("mailto:John.Doe@example.com")]
    [InlineData("tel:+1-816-555-1212")]
    [InlineData("urn:oasis:names:specification:docbook:dtd:xml:4.1.2")]
    [InlineData("file:///etc/hosts")]
    [InlineData("http://host:8080/")]
    public void Uri_OfRfc3986_IsValid(string text)
    {
        Valid("uri", text);
        Valid("uri-reference", text);
    }

    [Theory]
    [InlineData("http:// shouldfail.com")]
    [InlineData("http://foo.bar?q=Spaces should be encoded")]
    [InlineData("\\\\WINDOWS\\fileshare")]
    [InlineData("bar,baz:foo")]
    [InlineData(":// should fail")]
    [InlineData("://foo")]
    [InlineData("https://[@example.org/test.txt")]
    [InlineData("https://example.org/foobar\\.txt")]
    [InlineData("https://example.org/foobar<>.txt")]
    [InlineData("https://example.org/foobar{}.txt")]
    [InlineData("https://example.org/foobar|.txt")]
    [InlineData("https://example.org/ü")]
    [InlineData("https://example.org/%zz")]
    [InlineData("https://example.org/%2")]
    [InlineData("https://example.org:port/")]
    [InlineData("https://[1::2::3]/")]
    [InlineData("https://[fe80::1%25eth0/")]
    [InlineData("1http://a")]
    public void Uri_OfAnotherShape_IsInvalid(string text)
    {
        Invalid("uri", text);
        Invalid("uri-reference", text);
    }

    [Theory]
    [InlineData("//foo.bar/?baz=qux#quux")]
    [InlineData("/abc")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("#fragment")]
    [InlineData("?query=1")]
    [InlineData("./a:b")]
    public void UriReference_WithoutScheme_IsNoUri(string text)
    {
        Valid("uri-reference", text);
        Invalid("uri", text);
    }

    [Theory]
    [InlineData("#frag\\ment")]
    [InlineData("a b")]
    public void UriReference_OfAnotherShape_IsInvalid(string text) => Invalid("uri-reference", text);

    [Theory]
    [InlineData("2EB8AA08-AA98-11EA-B4AA-73B441D16380")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("99c17cbb-656f-f64a-940f-1a4568f03487")]
    public void Uuid_OfAnyVersion_IsValid(string text) => Valid("uuid", text);

    [Theory]
    [InlineData("2eb8aa08-aa98-11ea-b4aa-73b441d1638")]
    [InlineData("2eb8aa08-aa98-11ea-73b441d16380")]
    [InlineData("2eb8aa08-aa98-11ea-b4ga-73b441d16380")]
    [InlineData("2eb8aa08aa9811eab4aa73b441d16380")]
    [InlineData("{2eb8aa08-aa98-11ea-b4aa-73b441d16380}")]
    [InlineData("2eb8-aa08-aa98-11ea-b4aa73b44-1d16380")]
    public void Uuid_OfAnotherShape_IsInvalid(string text) => Invalid("uuid", text);

    [Theory]
    [InlineData("/foo/bar~0/baz~1/%a")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/foo//bar")]
    [InlineData("/k\"l")]
    public void JsonPointer_OfRfc6901_IsValid(string text) => Valid("json-pointer", text);

    [Theory]
    [InlineData("/foo/bar~")]
    [InlineData("/~2")]
    [InlineData("#/foo")]
    [InlineData("a")]
    [InlineData("0/foo")]
    public void JsonPointer_OfAnotherShape_IsInvalid(string text) => Invalid("json-pointer", text);

    [Theory]
    [InlineData("([abc])+\\s+$")]
    [InlineData("^\\p{Letter}+$")]
    public void Regex_OfEcma262_IsValid(string text) => Valid("regex", text);

    [Theory]
    [InlineData("^(abc]")]
    [InlineData("^\\S(|(.|\\n)*\\S)\\Z")]
    [InlineData("(?i)a")]
    public void Regex_OfAnotherShape_IsInvalid(string text) => Invalid("regex", text);

    [Theory]
    [InlineData("idn-email")]
    [InlineData("iri")]
    [InlineData("color")]
    public void Format_ThatIsNotKnown_IsAnAnnotation(string format) => Valid(format, "\u0000");

    [Fact]
    public void Format_OfOtherTypes_IsIgnored()
    {
        Assert.True(Schemas.Accepts("""{"format": "date"}""", "12"));
        Assert.True(Schemas.Accepts("""{"format": "date"}""", "null"));
    }

    [Fact]
    public void Format_ThatIsNotAsserted_IsAnAnnotation()
    {
        var schema = Schemas.Compile("""{"format": "date"}""", new() { AssertFormats = false });
        Assert.Empty(schema.Validate("\"no date\""));
    }

    [Fact]
    public void Violation_OfAFormat_SaysHowToWriteIt()
    {
        var violation = Assert.Single(Schemas.Check("""{"format": "date"}""", "\"31.1.2026\""));
        Assert.Equal(("", "format"), (violation.Pointer, violation.Keyword));
        Assert.Equal("\"31.1.2026\" is no date: write it like 2026-01-31 (RFC 3339).", violation.Message);
    }

    static void Valid(string format, string text) =>
        Assert.Empty(Schemas.Check($$"""{"format": "{{format}}"}""", JsonSerializer.Serialize(text)));

    static void Invalid(string format, string text) =>
        Assert.Equal("format", Assert.Single(Schemas.Check($$"""{"format": "{{format}}"}""", JsonSerializer.Serialize(text))).Keyword);
}
