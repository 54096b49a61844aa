using Baton.Server.Platform.Reading.Pages;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Reading.Pages;

public sealed class ListCursorTests
{
    [Fact]
    public void Cursor_OfAnyPlace_IsSafeInAUrlAndLeadsBackInItsListAlone() => Laws.Hold(
        Gen.Zip(Laws.Text, Laws.Text), pair =>
        {
            var (list, place) = (pair.Item1, pair.Item2);
            var cursor = ListCursor.Of(list, place);
            Assert.Matches("^[A-Za-z0-9_-]+$", cursor);
            Assert.Equal(place, ListCursor.PlaceOf(list, cursor));
            Assert.Null(ListCursor.PlaceOf(list + "x", cursor));
        });

    [Fact]
    public void Cursor_WithAnyCharacterChangedLeftOutOrAdded_IsNone()
    {
        const string List = "store.list/n";
        foreach (var place in new[] { "", "a", "ab", "abc", "Größe" })
        {
            var cursor = ListCursor.Of(List, place);
            for (var index = 0; index < cursor.Length; index++)
            {
                foreach (var other in "Ab0-_=+/ \n%")
                {
                    if (other != cursor[index]) Assert.Null(ListCursor.PlaceOf(List, cursor[..index] + other + cursor[(index + 1)..]));
                    Assert.Null(ListCursor.PlaceOf(List, cursor.Insert(index, $"{other}")));
                }

                Assert.Null(ListCursor.PlaceOf(List, cursor.Remove(index, 1)));
                Assert.Null(ListCursor.PlaceOf(List, cursor[..index]));
            }

            foreach (var tail in new[] { "=", "==", "A", "\n", " " }) Assert.Null(ListCursor.PlaceOf(List, cursor + tail));
        }
    }
}
