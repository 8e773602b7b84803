using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;

namespace MmoOrleans.EndToEnd;

/// <summary>Players at consoles, which are processes of their own: what they print is looked at to the letter, as scripts rely on it.</summary>
public sealed class Consoles(Server server) : IClassFixture<Server>
{
    [Fact]
    public async Task Two_meet_walk_talk_and_warp_and_a_third_login_ends_the_first()
    {
        await using var ada = await Playing("Ada");
        await using var bob = await Playing("Bob");
        await SeeEachOtherWalk(ada, bob);
        await Talk(ada, bob);
        await WarpThereAndBack(ada, bob);

        await using var third = new ConsolePlayer(server.GamePort);
        await third.Does("login Ada_account secret", "^ok login name=Ada_account account=[0-9a-f]{32} level=0$");
        await ada.Prints("^event kicked reason=ACCOUNT_LOGGED_IN_BY_OTHER sentence=\".+\"$");
        await third.Does("select Ada", "^ok select name=Ada channel=default map=Map001 ");
        Assert.Equal(0, await bob.Leaves());
    }

    private async Task<ConsolePlayer> Playing(string name)
    {
        var player = new ConsolePlayer(server.GamePort);
        await player.Does($"register {name}_account secret", $"^ok register name={name}_account account=[0-9a-f]{{32}}$");
        await player.Does($"login {name}_account secret", $"^ok login name={name}_account account=[0-9a-f]{{32}} level=0$");
        await player.Does($"create {name}", $"^ok create name={name} id=[0-9a-f]{{32}}$");
        await player.Does($"select {name}", $"^ok select name={name} channel=default map=Map001 x=10\\.50 y=0\\.00 z=10\\.50$");
        var left = player.OrderOf("^event central disconnected cause=EnteringMap ");
        Assert.InRange(player.OrderOf($"^event map connected address=tcp://127\\.0\\.0\\.1:{server.GamePort}$"), left + 1, player.OrderOf("^ok select"));
        return player;
    }

    private static async Task SeeEachOtherWalk(ConsolePlayer ada, ConsolePlayer bob)
    {
        await ada.Prints("^event entered name=Bob id=[0-9]+ kind=player x=10\\.50 y=0\\.00 z=10\\.50$");
        await bob.Prints("^event entered name=Ada id=[0-9]+ kind=player x=10\\.50 y=0\\.00 z=10\\.50$");
        await ada.Does("move 14 10", "^ok move map=Map001 x=14\\.00 y=0\\.00 z=10\\.00$");
        await ada.Does("where", "^ok where channel=default map=Map001 x=14\\.00 y=0\\.00 z=10\\.00$");
        await bob.Sees("who", "^item entity name=Ada id=[0-9]+ kind=player x=14\\.00 y=0\\.00 z=10\\.00$");
        await bob.Does("move 13 12", "^ok move map=Map001 x=13\\.00 y=0\\.00 z=12\\.00$");
        await ada.Sees("who", "^item entity name=Bob id=[0-9]+ kind=player x=13\\.00 y=0\\.00 z=12\\.00$");
    }

    private static async Task Talk(ConsolePlayer ada, ConsolePlayer bob)
    {
        await ada.Does("say near you", "^ok say$");
        await bob.Prints("^event chat channel=local from=Ada text=\"near you\"$");
        await bob.SayToAll("good morning");
        await ada.Prints("^event chat channel=global from=Bob text=\"good morning\"$");
        await ada.Does("whisper Bob psst", "^ok whisper$");
        await bob.Prints("^event chat channel=whisper from=Ada to=Bob text=\"psst\"$");
        await bob.Does("whisper Ada yes?", "^ok whisper$");
        await ada.Prints("^event chat channel=whisper from=Bob to=Ada text=\"yes\\?\"$");
    }

    private static async Task WarpThereAndBack(ConsolePlayer ada, ConsolePlayer bob)
    {
        await ada.Does("move 20.5 10.5", "^event warped map=Map002 x=[0-9.]+ y=0\\.00 z=[0-9.]+$");
        await bob.Prints("^event left name=Ada id=[0-9]+$");
        await ada.Does("where", "^ok where channel=default map=Map002 ");
        var back = await ada.Does("warps", "^item warp name=.* map=Map001 ");
        await ada.Does($"move {Center(back)}", "^event warped map=Map001 x=[0-9.]+ y=0\\.00 z=[0-9.]+$");
        await ada.Does("where", "^ok where channel=default map=Map001 ");
    }

    /// <summary>The middle of an <c>item warp ... x= y= z= width= length=</c> line.</summary>
    private static string Center(string warp)
    {
        var values = warp.Split(' ').Where(pair => pair.Contains('=')).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
        double Of(string key) => double.Parse(values[key], System.Globalization.CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"{Of("x") + (Of("width") / 2)} {Of("z") + (Of("length") / 2)}");
    }
}
