namespace MmoOrleans.GrainInterfaces;

/// <summary>Identity of an account; key of <see cref="Accounts.IAccountGrain"/> and <see cref="Accounts.ISessionGrain"/>.</summary>
[GenerateSerializer, Immutable, Alias("mmo.AccountId")]
public readonly record struct AccountId([property: Id(0)] Guid Value)
{
    public static AccountId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}

/// <summary>Identity of a character; key of <see cref="Characters.ICharacterGrain"/>.</summary>
[GenerateSerializer, Immutable, Alias("mmo.CharacterId")]
public readonly record struct CharacterId([property: Id(0)] Guid Value)
{
    public static CharacterId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}

/// <summary>Identity of one gateway process's life: a restarted gateway has a new one.</summary>
[GenerateSerializer, Immutable, Alias("mmo.GatewayId")]
public readonly record struct GatewayId([property: Id(0)] Guid Value)
{
    public static GatewayId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}

/// <summary>One client connection: its gateway and that gateway's running number.</summary>
[GenerateSerializer, Immutable, Alias("mmo.ConnectionId")]
public readonly record struct ConnectionId([property: Id(0)] GatewayId Gateway, [property: Id(1)] long Number);
